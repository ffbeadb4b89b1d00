"""Rows for the commands, cleared for the actor; and who can be named as the owner."""

from sqlalchemy import ColumnElement, and_, or_, select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.accounts.rules import normal_email
from pilot.core.db import db
from pilot.core.errors import Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind
from pilot.core.policy.zones import clause
from pilot.core.registry import Thing
from pilot.core.text import clean, sort_key
from pilot.core.words import say
from pilot.decisions.models import Entry, EntryCounter, EntryLink
from pilot.decisions.permissions import sits_in_steering_group
from pilot.decisions.rules import EntryKind, Owner, parse_ref


def seen(actor: Actor) -> ColumnElement[bool]:
    """The zones; and for the steering group also what has been put before it."""
    cleared = clause(actor, Entry)
    return or_(cleared, Entry.for_steering) if sits_in_steering_group(actor, None) else cleared


def visible(actor: Actor, entry_id: int, *, for_update: bool = False) -> Entry:
    """An entry that the actor may know of; another one does not exist for them."""
    return _one(actor, Entry.id == entry_id, for_update=for_update)


def visible_by_ref(actor: Actor, ref: str) -> Entry:
    """The same, by the reference that people see: B-7."""
    kind, number = parse_ref(ref) or (EntryKind.DECISION, 0)
    return _one(actor, and_(Entry.kind == kind, Entry.number == number))


def _one(actor: Actor, is_it: ColumnElement[bool], *, for_update: bool = False) -> Entry:
    wanted = select(Entry).where(is_it, seen(actor))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def entry_of_form(actor: Actor, form_key: str | None) -> Entry | None:
    """The entry that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Entry).where(Entry.recorded_by_id == actor.person_id, Entry.form_key == form_key)
    )


def next_number(kind: EntryKind) -> int:
    """The number after the last one; whoever asks next waits until this one is stored."""
    counter = db.session.scalars(
        select(EntryCounter).where(EntryCounter.kind == kind).with_for_update()
    ).one()
    counter.last += 1
    return counter.last


def links_of(entry_id: int) -> list[EntryLink]:
    wanted = select(EntryLink).where(EntryLink.entry_id == entry_id)
    return list(db.session.scalars(wanted.order_by(EntryLink.id)))


def as_thing(row: EntryLink) -> Thing:
    return Thing(row.thing_kind, row.thing_id)


# --- the owner -------------------------------------------------------------------------------


def organisation_names() -> tuple[str, ...]:
    """All that can be named as the owner, for a field that suggests while one types."""
    names = select(Organisation.name).distinct().order_by(Organisation.sort_key)
    return tuple(db.session.scalars(names.add_columns(Organisation.sort_key)))


def owner_named(name: str, email: str) -> Owner:
    """The owner that a form names; refused at the field where nobody is found."""
    name, email = clean(name), normal_email(email)
    if not name and not email:
        return Owner()
    if not name:
        raise Rejected(say("Skriv også hvilken organisasjon personen svarer for."), "owner")
    organisation = db.session.execute(
        select(Organisation.id, Organisation.kind)
        .where(Organisation.sort_key == sort_key(name))
        .order_by(Organisation.id)
        .limit(1)
    ).first()
    if organisation is None:
        raise Rejected(say("Fant ingen organisasjon med dette navnet. Velg fra listen."), "owner")
    person_id = _member(organisation.id, email) if email else None
    return Owner(organisation.id, person_id, organisation.kind is OrganisationKind.KS)


def _member(organisation_id: int, email: str) -> int:
    wanted = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.email == email,
            Person.is_active,
            Membership.organisation_id == organisation_id,
            Membership.role.is_not(None),
        )
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise Rejected(
            say("Fant ingen med denne adressen i organisasjonen. La feltet stå tomt, eller rett."),
            "owner_email",
        )
    return found
