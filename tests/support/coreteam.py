"""Seats of the core team and who sits there, by the site's own commands."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import Person
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.coreteam import service
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.rules import Period, SeatText, Side
from tests.support.decisions import day
from tests.support.world import World

numbers = count(1)
SYSTEM = Actor.system()


def seat(side: Side = Side.MUNICIPALITIES, **fields: Any) -> Seat:
    said = {"role": f"Rolle {next(numbers)}", "responsibility": "Ansvar", "share": 20}
    return service.add_seat(SYSTEM, SeatText(side=side, **(said | fields)))


def sits(
    seat_id: int, person: Person, first: date | None = None, last: date | None = None, **fields: Any
) -> Appointment:
    """A person on a seat, from today and until further unless said otherwise."""
    period = Period(first or day(0), last)
    return service.appoint(SYSTEM, seat_id, person.email, period=period, **fields)


def seated_vendor(world: World) -> Person:
    """Someone who acts for a vendor and has a seat in the team."""
    person = world.member(world.organisation(OrganisationKind.VENDOR), Role.LEAD)
    sits(seat(Side.VENDORS).id, person)
    return person


# --- the access matrix -----------------------------------------------------------------------

PREFIXES = ("/kjerneteam",)
_SEAT = {"side": "others", "role": "Rolle", "revision": "1"}
FIELDS: dict[str, dict[str, Any]] = {
    "/kjerneteam/plasser/ny": _SEAT,
    "/kjerneteam/plasser/<int:seat_id>/endre": _SEAT,
    "/kjerneteam/plasser/<int:seat_id>/oppnevn": {"starts_on": "2026-01-05"},
    "/kjerneteam/oppnevninger/<int:appointment_id>/avslutt": {"last_day": "2099-01-05"},
    "/kjerneteam/oppnevninger/<int:appointment_id>/navn": {"shows": "1"},
}


def values(crowd: Any, rule: str, subject: str) -> dict[str, str]:
    """A new seat; and for what is about an appointment, that of the seated vendor."""
    owner = db.session.get_one(Person, crowd["owner"].id)
    FIELDS["/kjerneteam/plasser/<int:seat_id>/oppnevn"]["email"] = owner.email
    seated = select(Appointment.id).where(Appointment.person_id == crowd["seated"].id)
    sitting = db.session.scalars(seated).one()
    return {"seat_id": str(seat().id), "appointment_id": str(sitting)}
