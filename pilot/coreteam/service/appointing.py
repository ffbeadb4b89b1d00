"""Appointments: a person on a seat from a day to a day. Two never sit there at a time."""

from datetime import date

from sqlalchemy import or_, select

from pilot.core import audit, clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.coreteam import queries
from pilot.coreteam.models import TAKEN, Appointment, Seat
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.queries import Candidate
from pilot.coreteam.rules import Period

SEAT_TAKEN = say("Noen har plassen i denne perioden. Avslutt den oppnevningen først.")
DEPUTY_TAKEN = say("Plassen har et varamedlem i denne perioden. Avslutt den oppnevningen først.")
TURNED = say("Siste dag kan ikke være før første dag.")
CLASHES[TAKEN] = SEAT_TAKEN
MAIL = "coreteam/mail/appointed"


@command
def appoint(
    actor: Actor,
    seat_id: int,
    email: str,
    *,
    period: Period,
    is_deputy: bool = False,
    shows_name: bool = False,
) -> Appointment:
    """Put a person on a seat, or beside it as the deputy, and tell them by mail.

    The same person from the same day again is the appointment that stands.
    """
    seat = queries.stored_seat(actor, seat_id, for_update=True)
    require(actor, TeamPermission.MANAGE, seat)
    _refuse(seat, period)
    person = queries.candidate(email, seat.side, seat.organisation_id)
    stands = _in_the_way(seat, person, period, is_deputy)
    if stands is not None:
        return stands
    appointment = Appointment(
        seat_id=seat.id,
        person_id=person.person_id,
        organisation_id=person.organisation_id,
        is_deputy=is_deputy,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        shows_name=shows_name,
        recorded_by_id=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(appointment)
    db.session.flush()
    uid = audit.record(actor, "person appointed", appointment, seat=seat.id, deputy=is_deputy)
    _tell(seat, appointment, person, uid)
    return appointment


def _refuse(seat: Seat, period: Period) -> None:
    if seat.closed_on is not None:
        raise Conflict(say("Plassen er lagt ned."))
    if period.is_turned:
        raise Rejected(TURNED, "ends_on")


def _in_the_way(
    seat: Seat, person: Candidate, period: Period, is_deputy: bool
) -> Appointment | None:
    """The very same appointment, if it stands already; anyone else there is a refusal."""
    other = _overlapping(seat, period, is_deputy)
    if other is None:
        return None
    if (other.person_id, other.starts_on) == (person.person_id, period.starts_on):
        return other
    raise Conflict(DEPUTY_TAKEN if is_deputy else SEAT_TAKEN)


def _overlapping(seat: Seat, period: Period, is_deputy: bool) -> Appointment | None:
    lasts = or_(Appointment.ends_on.is_(None), Appointment.ends_on >= period.starts_on)
    wanted = select(Appointment).where(
        Appointment.seat_id == seat.id, Appointment.is_deputy == is_deputy, lasts
    )
    if period.ends_on is not None:
        wanted = wanted.where(Appointment.starts_on <= period.ends_on)
    return db.session.scalars(wanted.order_by(Appointment.starts_on).limit(1)).first()


def _tell(seat: Seat, appointment: Appointment, person: Candidate, uid: str) -> None:
    outbox.post(
        event_uid=uid,
        person_id=person.person_id,
        address=person.address,
        locale=person.locale,
        template=MAIL,
        values={
            "title": seat.role,
            "seat_id": seat.id,
            "is_deputy": appointment.is_deputy,
            "starts_on": appointment.starts_on.isoformat(),
            "ends_on": appointment.ends_on.isoformat() if appointment.ends_on else "",
            "shows_name": appointment.shows_name,
        },
    )


@command
def end_appointment(actor: Actor, appointment_id: int, *, last_day: date) -> Appointment:
    """Set the last day of an appointment; it may be in the past or in the future."""
    appointment = queries.stored_appointment(actor, appointment_id)
    queries.stored_seat(actor, appointment.seat_id, for_update=True)  # the turnstile
    appointment = queries.stored_appointment(actor, appointment_id, for_update=True)
    require(actor, TeamPermission.MANAGE, appointment)
    if last_day < appointment.starts_on:
        raise Rejected(TURNED, "last_day")
    if _overlaps_another(appointment, last_day):
        raise Rejected(SEAT_TAKEN, "last_day")
    appointment.ends_on = last_day
    audit.record(actor, "appointment ended", appointment, last_day=last_day.isoformat())
    return appointment


def _overlaps_another(appointment: Appointment, last_day: date) -> bool:
    """Whether someone who comes later would be there before the last day."""
    later = select(Appointment.id).where(
        Appointment.seat_id == appointment.seat_id,
        Appointment.is_deputy == appointment.is_deputy,
        Appointment.starts_on > appointment.starts_on,
        Appointment.starts_on <= last_day,
    )
    return db.session.scalar(later.limit(1)) is not None


@command
def show_name(actor: Actor, appointment_id: int, *, shows: bool) -> Appointment:
    """The person's own word on whether everyone may read their name."""
    appointment = queries.stored_appointment(actor, appointment_id, for_update=True)
    require(actor, TeamPermission.NAME_SHOW, appointment)
    appointment.shows_name = shows
    audit.record(actor, "name shown" if shows else "name hidden", appointment)
    return appointment
