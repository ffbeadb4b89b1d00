"""How the team is made up, in numbers that name nobody."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, case, cast, func, select

from pilot.core import clock
from pilot.core.db import db
from pilot.core.readers import on
from pilot.core.registry import Counted
from pilot.core.tallies import NOUGHTS, first_of, number_of
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.queries.rows import is_now
from pilot.coreteam.rules import FOUNDING

SOON = timedelta(days=30)
ENDS_SOON = on(lambda: clock.today() + SOON)
IS_OPEN = Seat.closed_on.is_(None)


def _sits() -> ColumnElement[bool]:
    """Whether a seat has a member now."""
    return Seat.id.in_(select(Appointment.seat_id).where(is_now(), ~Appointment.is_deputy))


def by_side() -> Select[*tuple[Any, ...]]:
    """Each side, how many of its seats are filled, and how many it has; it names nobody."""
    filled = func.sum(case((_sits(), 1), else_=0)).label("filled")
    side = cast(Seat.side, String).label("side")
    return (
        select(side, filled, func.count().label("seats"), NOUGHTS[1])
        .where(IS_OPEN)
        .group_by(Seat.side)
    )


def composition() -> tuple[Counted, ...]:
    """How the team is made up, in one statement."""
    return tuple((side, held, seats, no) for side, held, seats, no in db.session.execute(by_side()))


def filled() -> tuple[ScalarSelect[int], ...]:
    """Numbers of the overview: filled seats, and seats."""
    return number_of(Seat.id, IS_OPEN, _sits()), number_of(Seat.id, IS_OPEN)


def founding_sides() -> ScalarSelect[int]:
    """How many of the sides that the team is made of have someone who sits there."""
    sides = select(func.count(Seat.side.distinct()))
    return sides.where(IS_OPEN, _sits(), Seat.side.in_(FOUNDING)).scalar_subquery()


def waiting() -> tuple[ScalarSelect[Any], ...]:
    """Numbers of KS' overview: vacant seats, members whose last day is within a month, and the
    first of those days."""
    ends = (is_now(), ~Appointment.is_deputy, Appointment.ends_on <= ENDS_SOON)
    first_day = first_of(Appointment.ends_on, *ends)
    return number_of(Seat.id, IS_OPEN, ~_sits()), number_of(Appointment.id, *ends), first_day
