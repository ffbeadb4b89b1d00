"""The seats that stand, with those appointed to them; an import compares its rows with these."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from pilot.accounts.models import Person
from pilot.core.db import db
from pilot.core.policy import Actor, require
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.queries.team import text_of
from pilot.coreteam.rules import Period, SeatText


@dataclass(frozen=True)
class Sitting:
    """An appointment that is no deputy's, and whose it is."""

    id: int
    email: str
    period: Period


@dataclass(frozen=True)
class StoredSeat:
    id: int
    text: SeatText
    revision: int
    sittings: tuple[Sitting, ...]

    def overlapping(self, period: Period, *, but: int | None = None) -> Sitting | None:
        """Who sits there in some of the same days."""
        far = date.max
        for one in self.sittings:
            ends, wanted = one.period.ends_on or far, period.ends_on or far
            if one.id != but and one.period.starts_on <= wanted and ends >= period.starts_on:
                return one
        return None


def stored_seats(actor: Actor) -> tuple[StoredSeat, ...]:
    """All seats that are not closed, in two statements."""
    require(actor, TeamPermission.MANAGE)
    sittings: dict[int, list[Sitting]] = {}
    appointed = (
        select(Appointment, Person.email)
        .join(Person, Person.id == Appointment.person_id)
        .join(Seat, Seat.id == Appointment.seat_id)
        .where(Seat.closed_on.is_(None), ~Appointment.is_deputy)
        .order_by(Appointment.starts_on)
    )
    for row, email in db.session.execute(appointed):
        sitting = Sitting(row.id, email, Period(row.starts_on, row.ends_on))
        sittings.setdefault(row.seat_id, []).append(sitting)
    seats = db.session.scalars(select(Seat).where(Seat.closed_on.is_(None)).order_by(Seat.id))
    return tuple(
        StoredSeat(seat.id, text_of(seat), seat.revision, tuple(sittings.get(seat.id, ())))
        for seat in seats
    )
