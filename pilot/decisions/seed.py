"""The conditions of the shipped file; and what the demo has decided and given itself to do."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from pilot.accounts.models import Organisation, Person
from pilot.accounts.queries import actor_of
from pilot.core import clock
from pilot.core.db import db
from pilot.core.policy import OrganisationKind, Zone
from pilot.core.registry import Thing
from pilot.core.unit import unit_of_work
from pilot.decisions import service
from pilot.decisions.models import Condition
from pilot.decisions.queries import today
from pilot.decisions.rules import EntryKind, EntryState, EntryText, Owner, shipped_conditions

LEAD = "leder@ks.example"


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
    lead = db.session.scalars(select(Person.id).where(Person.email == LEAD)).one()
    actor = actor_of(lead, None, None)
    assert actor is not None  # noqa: S101  # the demo's people come first
    for told in DEMO:
        entry = service.record(actor, told.kind, _text(told), about=_about(told))
        if told.done:
            service.move_action(actor, entry.id, to=EntryState.DONE, note=told.done)
    return len(DEMO)


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
