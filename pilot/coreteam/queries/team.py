"""The team as a page shows it: seats by side, who sits there, and what is vacant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from pilot.accounts.models import Organisation, Person
from pilot.core import clock
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import reach
from pilot.core.registry import Subject, link
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.queries.rows import is_now
from pilot.coreteam.rules import AppointmentState, SeatState, SeatText, Side, standing


@dataclass(frozen=True)
class AppointmentRow:
    """Someone on a seat; the name is empty unless the reader may have it."""

    id: int
    person_id: int
    name: str
    organisation: str
    is_deputy: bool
    starts_on: date
    ends_on: date | None
    state: AppointmentState
    shows_name: bool

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.name, self.organisation) if part)


@dataclass(frozen=True)
class SeatRow:
    id: int
    side: Side
    role: str
    share: int | None
    organisation: str
    member: AppointmentRow | None
    deputy: AppointmentRow | None

    @property
    def state(self) -> SeatState:
        return SeatState.FILLED if self.member else SeatState.VACANT


@dataclass(frozen=True)
class SideRows:
    side: Side
    seats: tuple[SeatRow, ...]


@dataclass(frozen=True)
class Team:
    sides: tuple[SideRows, ...]

    @property
    def seats(self) -> tuple[SeatRow, ...]:
        return tuple(seat for side in self.sides for seat in side.seats)


@dataclass(frozen=True)
class SeatPage:
    id: int
    text: SeatText
    organisation: str
    state: SeatState
    closed_on: date | None
    behalf: Behalf | None
    revision: int
    appointments: tuple[AppointmentRow, ...]


def team(actor: Actor) -> Team:
    """All seats that are not closed, by side, in two statements."""
    holders: dict[tuple[int, bool], AppointmentRow] = {}
    for row in db.session.execute(_appointments().where(is_now())):
        holders[row.Appointment.seat_id, row.Appointment.is_deputy] = _appointment(actor, row)
    seats = db.session.execute(_seats().where(Seat.closed_on.is_(None)).order_by(Seat.id)).all()
    rows = [
        SeatRow(
            id=seat.id,
            side=seat.side,
            role=seat.role,
            share=seat.share,
            organisation=organisation or "",
            member=holders.get((seat.id, False)),
            deputy=holders.get((seat.id, True)),
        )
        for seat, organisation in seats
    ]
    sides = ((side, tuple(row for row in rows if row.side is side)) for side in Side)
    return Team(tuple(SideRows(side, found) for side, found in sides if found))


def seat(actor: Actor, seat_id: int) -> SeatPage:
    """A seat and everyone who has been appointed to it, the newest first."""
    found = db.session.execute(_seats().where(Seat.id == seat_id)).first()
    if found is None:
        raise Missing
    row, organisation = found
    rows = db.session.execute(
        _appointments()
        .where(Appointment.seat_id == seat_id)
        .order_by(Appointment.starts_on.desc(), Appointment.id.desc())
    )
    appointments = tuple(_appointment(actor, one) for one in rows)
    is_filled = any(
        one.state is AppointmentState.CURRENT and not one.is_deputy for one in appointments
    )
    return SeatPage(
        id=row.id,
        text=text_of(row),
        organisation=organisation or "",
        state=SeatState.FILLED if is_filled else SeatState.VACANT,
        closed_on=row.closed_on,
        behalf=row.behalf,
        revision=row.revision,
        appointments=appointments,
    )


def text_of(row: Seat) -> SeatText:
    fields = ("side", "role", "responsibility", "share", "organisation_id")
    return SeatText(**{name: getattr(row, name) for name in fields})


def _seats() -> Any:
    return select(Seat, Organisation.name).outerjoin(
        Organisation, Organisation.id == Seat.organisation_id
    )


def _appointments() -> Any:
    sits_for = aliased(Organisation)
    return (
        select(Appointment, Person.name.label("person"), sits_for.name.label("organisation"))
        .join(Person, Person.id == Appointment.person_id)
        .join(sits_for, sits_for.id == Appointment.organisation_id)
    )


def _appointment(actor: Actor, row: Row[*tuple[Any, ...]]) -> AppointmentRow:
    """A name is for the team and KS, for oneself, and for all when the person has agreed."""
    one: Appointment = row.Appointment
    in_team = Zone.CORE_TEAM in reach(actor).whole
    is_named = one.shows_name or in_team or one.person_id == actor.person_id
    return AppointmentRow(
        id=one.id,
        person_id=one.person_id,
        name=row.person if is_named else "",
        organisation=row.organisation,
        is_deputy=one.is_deputy,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        state=standing(one.starts_on, one.ends_on, clock.today()),
        shows_name=one.shows_name,
    )


def seat_lines() -> Select[Any]:
    """The seats that a search of the whole site looks through; open to everyone."""
    found = findable(Seat.id, Seat.role).where(Seat.closed_on.is_(None))
    return lines(found, Seat.search_text, order=(Seat.id,), begins=True)


def subjects(_actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    """Seats as others point at them; open to everyone."""
    rows = db.session.execute(select(Seat.id, Seat.role).where(Seat.id.in_(ids)))
    return {
        row.id: Subject(title=row.role, link=link("coreteam.seat", seat_id=row.id), lang="nb")
        for row in rows
    }
