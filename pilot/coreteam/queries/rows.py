"""Rows for the commands, what an actor's seats are, and who can be appointed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    String,
    cast,
    func,
    or_,
    select,
)

from pilot.accounts.models import Membership, Organisation, Person
from pilot.accounts.rules import normal_email
from pilot.core.db import db
from pilot.core.errors import Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind
from pilot.core.readers import TODAY
from pilot.core.text import clean, sort_key
from pilot.core.words import say
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.rules import Side, fits

AT_ONCE = 500  # a statement takes so many values on every database


def is_now() -> ColumnElement[bool]:
    """Appointments whose period holds today."""
    lasts = or_(Appointment.ends_on.is_(None), Appointment.ends_on >= TODAY)
    return (Appointment.starts_on <= TODAY) & lasts


def seats_of_person() -> ScalarSelect[str]:
    """The seats a person has today, also as a deputy; part of the actor's one statement."""
    return (
        select(func.aggregate_strings(cast(Appointment.seat_id, String), ","))
        .where(Appointment.person_id == Person.id, is_now())
        .correlate(Person)
        .scalar_subquery()
    )


def vendor_ties_of_person() -> ScalarSelect[str]:
    """The vendors a person is seated for today."""
    seated = Organisation.__table__.alias("seated_for")
    return (
        select(func.aggregate_strings(cast(Appointment.organisation_id, String), ","))
        .join(seated, seated.c.id == Appointment.organisation_id)
        .where(
            Appointment.person_id == Person.id,
            seated.c.kind == OrganisationKind.VENDOR,
            is_now(),
        )
        .correlate(Person)
        .scalar_subquery()
    )


def stored_seat(_actor: Actor, seat_id: int, *, for_update: bool = False) -> Seat:
    found = db.session.get(Seat, seat_id, with_for_update=for_update or None)
    if found is None:
        raise Missing
    return found


def stored_appointment(
    _actor: Actor, appointment_id: int, *, for_update: bool = False
) -> Appointment:
    found = db.session.get(Appointment, appointment_id, with_for_update=for_update or None)
    if found is None:
        raise Missing
    return found


def seat_of_form(actor: Actor, form_key: str | None) -> Seat | None:
    """The seat that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Seat).where(Seat.recorded_by_id == actor.person_id, Seat.form_key == form_key)
    )


@dataclass(frozen=True)
class Named:
    """An organisation as a form or a file names it."""

    id: int
    name: str
    kind: OrganisationKind


def organisation_named(name: str) -> int | None:
    """The organisation that a form names; None where the field is empty."""
    name = clean(name)
    if not name:
        return None
    found = organisations_named([name]).get(sort_key(name))
    if found is None:
        words = say("Fant ingen organisasjon med dette navnet. Velg fra listen.")
        raise Rejected(words, "organisation")
    return found.id


def organisations_named(names: Iterable[str]) -> dict[str, Named]:
    """The organisations with these names, by sort key; the oldest where two have the same."""
    keys = sorted({sort_key(name) for name in names})
    found: dict[str, Named] = {}
    for start in range(0, len(keys), AT_ONCE):
        rows = db.session.execute(
            select(Organisation.sort_key, Organisation.id, Organisation.name, Organisation.kind)
            .where(Organisation.sort_key.in_(keys[start : start + AT_ONCE]))
            .order_by(Organisation.id)
        )
        for key, organisation_id, name, kind in rows:
            found.setdefault(key, Named(organisation_id, name, kind))
    return found


@dataclass(frozen=True)
class Candidate:
    """Someone who can be appointed, and for whom they would sit."""

    person_id: int
    address: str
    locale: str
    organisation_id: int


Parts = list[tuple[Candidate, OrganisationKind]]


def candidate(email: str, side: Side, organisation_id: int | None) -> Candidate:
    """The person a form names by address, for the seat's organisation or one that fits its side.

    Raises `Rejected` at `email` where nobody is found, or where they belong elsewhere.
    """
    parts = parts_of([email]).get(normal_email(email), [])
    return fitting(parts, side, organisation_id)


def parts_of(emails: Iterable[str]) -> dict[str, Parts]:
    """By address, what each person may sit for; those whose account is closed are left out."""
    wanted = sorted({normal_email(email) for email in emails})
    found: dict[str, Parts] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(
            select(Person.id, Person.email, Person.locale, Organisation.id, Organisation.kind)
            .join(Membership, Membership.person_id == Person.id)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(Person.email.in_(wanted[start : start + AT_ONCE]), Person.is_active)
            .order_by(Membership.id)
        )
        for person_id, address, locale, own_id, kind in rows:
            one = Candidate(person_id, address, locale or "nb", own_id)
            found.setdefault(address, []).append((one, kind))
    return found


def fitting(parts: Parts, side: Side, organisation_id: int | None) -> Candidate:
    """The first of a person's parts that the seat is for; `Rejected` at `email` where none is."""
    if not parts:
        words = say("Fant ingen med denne adressen. Inviter personen først, og oppnevn så.")
        raise Rejected(words, "email")
    for one, kind in parts:
        if organisation_id in (None, one.organisation_id) and fits(side, kind):
            return one
    raise Rejected(
        say("Personen hører ikke til organisasjonen eller siden plassen er for."), "email"
    )
