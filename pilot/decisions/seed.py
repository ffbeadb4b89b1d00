"""The conditions of the shipped file; and what the demo has decided and given itself to do."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from pilot.accounts.models import Organisation, Person
from pilot.accounts.queries import actor_of
from pilot.core import clock
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor, OrganisationKind, Zone
from pilot.core.registry import Thing
from pilot.core.unit import unit_of_work
from pilot.decisions import service
from pilot.decisions.models import Condition, Entry
from pilot.decisions.queries import today
from pilot.decisions.rules import EntryKind, EntryState, EntryText, Owner, shipped_conditions

LEAD = "leder@ks.example"
LARGE = 400  # entries to measure on
ABOUT = "Prøvesak"  # how they begin
ZONES = (Zone.PUBLIC, Zone.INTERNAL, Zone.PARTIES, Zone.PUBLIC_SIDE)


def conditions(_password_hash: str) -> int:
    """A row for each condition; adds the missing."""
    have = set(db.session.scalars(select(Condition.key)))
    missing = [key for key in shipped_conditions() if key not in have]
    with unit_of_work():
        db.session.add_all(Condition(key=key, changed_at=clock.now()) for key in missing)
    return len(missing)


@dataclass(frozen=True)
class Told:
    """An entry of the demo: when, and whose it is."""

    kind: EntryKind
    text: EntryText
    days_ago: int = 0
    due_in: int | None = None
    owner: OrganisationKind | None = None
    condition: str = ""
    done: str = ""


_D, _A = EntryKind.DECISION, EntryKind.ACTION
DEMO = (
    Told(
        _D,
        EntryText(
            text="Brukerhistorier samles inn i Pilotrommet, ikke i regneark",
            reasons="Alle skal kunne se hvilket behov en prioritering bygger på.",
            decided_by="Prosjektgruppen i KS",
            zone=Zone.PUBLIC,
        ),
        days_ago=30,
    ),
    Told(
        _D,
        EntryText(
            text="Leverandørene får historiene samtidig, når KS publiserer dem",
            reasons="Lik informasjon til alle leverandører, på samme tid.",
            decided_by="Prosjektgruppen i KS",
            zone=Zone.PARTIES,
        ),
        days_ago=24,
        condition="leverandordialog",
    ),
    Told(
        _D,
        EntryText(
            text="Styringsgruppen får en statusrapport hver måned",
            reasons="Gruppen skal kunne følge rammebetingelsene uten egne møter om dem.",
            decided_by="Styringsgruppen",
            zone=Zone.PUBLIC_SIDE,
            for_steering=True,
        ),
        days_ago=12,
        condition="utprovingskommuner",
    ),
    Told(
        _A,
        EntryText(
            text="Kartlegg hvilke nasjonale løsninger historiene ønsker seg",
            zone=Zone.PUBLIC_SIDE,
        ),
        due_in=5,
        owner=OrganisationKind.NATIONAL_PROVIDER,
        condition="nasjonale-losninger",
    ),
    Told(
        _A,
        EntryText(text="Lag utkast til mandat for kjerneteamet", zone=Zone.INTERNAL),
        due_in=16,
        owner=OrganisationKind.KS,
        condition="kjerneteam",
    ),
    Told(
        _A,
        EntryText(text="Bestill møterom til første plenumsmøte", zone=Zone.INTERNAL),
        due_in=-2,
        owner=OrganisationKind.KS,
        done="Bestilt, med plass til strømming.",
    ),
)


def demo(_password_hash: str) -> int:
    """A few decisions and actions of KS; none of them says who will pilot."""
    actor = _lead()
    for told in DEMO:
        entry = service.record(actor, told.kind, _text(told), about=_about(told))
        if told.done:
            service.move_action(actor, entry.id, to=EntryState.DONE, note=told.done)
    return len(DEMO)


def large(_password_hash: str) -> int:
    """Decisions and actions by turns, in all zones; a second run changes nothing."""
    have = set(db.session.scalars(select(Entry.text).where(Entry.text.startswith(ABOUT))))
    missing = [number for number in range(LARGE) if _title(number) not in have]
    actor = _lead()
    return in_pieces(missing, one_by_one(lambda number: _large_entry(actor, number)))


def _title(number: int) -> str:
    return f"{ABOUT} {number + 1}: avklar hvem som gjør hva"


def _large_entry(actor: Actor, number: int) -> None:
    is_action = number % 2 == 0
    text = EntryText(
        text=_title(number),
        reasons="" if is_action else "Vi må vite det før neste møte.",
        zone=Zone.INTERNAL if is_action else ZONES[number // 2 % len(ZONES)],
        due_on=_day(number % 90 - 30) if is_action else None,
        decided_on=None if is_action else _day(-(number % 200)),
        owner=_owner(OrganisationKind.KS) if is_action else Owner(),
    )
    service.record(actor, _A if is_action else _D, text)


def _lead() -> Actor:
    lead = db.session.scalars(select(Person.id).where(Person.email == LEAD)).one()
    actor = actor_of(lead, None, None)
    assert actor is not None  # noqa: S101  # the demo's people come first
    return actor


def _text(told: Told) -> EntryText:
    return replace(
        told.text,
        decided_on=_day(-told.days_ago) if told.kind is _D else None,
        due_on=_day(told.due_in) if told.due_in is not None else None,
        owner=_owner(told.owner),
    )


def _day(days: int) -> date:
    return today() + timedelta(days=days)


def _owner(kind: OrganisationKind | None) -> Owner:
    if kind is None:
        return Owner()
    found = select(Organisation.id).where(Organisation.kind == kind).order_by(Organisation.id)
    organisation_id = db.session.scalars(found.limit(1)).one()
    return Owner(organisation_id, is_ks=kind is OrganisationKind.KS)


def _about(told: Told) -> list[Thing]:
    if not told.condition:
        return []
    key = select(Condition.id).where(Condition.key == told.condition)
    return [Thing("condition", db.session.scalars(key).one())]
