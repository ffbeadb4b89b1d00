"""Rows for the commands, what an actor's seats are, and who can be appointed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, or_, select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.accounts.rules import normal_email
from pilot.core import clock
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.core.errors import Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind
from pilot.core.readers import TODAY
from pilot.core.text import clean, sort_key
from pilot.core.words import say
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.rules import Side, fits


def today() -> date:
    return clock.now().astimezone(OSLO).date()


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


def organisation_named(name: str) -> int | None:
    """The organisation that a form names; None where the field is empty."""
    name = clean(name)
    if not name:
        return None
    wanted = select(Organisation.id).where(Organisation.sort_key == sort_key(name))
    found = db.session.scalar(wanted.order_by(Organisation.id).limit(1))
    if found is None:
        words = say("Fant ingen organisasjon med dette navnet. Velg fra listen.")
        raise Rejected(words, "organisation")
    return found


@dataclass(frozen=True)
class Candidate:
    """Someone who can be appointed, and for whom they would sit."""

    person_id: int
    address: str
    locale: str
    organisation_id: int


def candidate(email: str, side: Side, organisation_id: int | None) -> Candidate:
    """The person a form names by address, for the seat's organisation or one that fits its side.

    Raises `Rejected` at `email` where nobody is found, or where they belong elsewhere.
    """
    rows = db.session.execute(
        select(Person.id, Person.email, Person.locale, Organisation.id, Organisation.kind)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.email == normal_email(email), Person.is_active)
        .order_by(Membership.id)
    ).all()
    if not rows:
        words = say("Fant ingen med denne adressen. Inviter personen først, og oppnevn så.")
        raise Rejected(words, "email")
    for person_id, address, locale, own_id, kind in rows:
        if organisation_id in (None, own_id) and fits(side, kind):
            return Candidate(person_id, address, locale or "nb", own_id)
    raise Rejected(
        say("Personen hører ikke til organisasjonen eller siden plassen er for."), "email"
    )
