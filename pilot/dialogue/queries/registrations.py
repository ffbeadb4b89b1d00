"""Reading registrations: one's own and the organisation's; all of them, for KS."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, select
from sqlalchemy.orm import aliased

from pilot.accounts.models import Organisation, Person
from pilot.core import clock
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, OrganisationKind, require
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.permissions import DialoguePermission, acts_for_vendor
from pilot.dialogue.queries.rows import ACTIVE, known, mine
from pilot.dialogue.rules import SOON, RegistrationState, SessionState, Times

Registration, Session = DialogueRegistration, DialogueSession
STATE_ORDER = case(
    (Registration.state == RegistrationState.CONFIRMED, 0),
    (Registration.state == RegistrationState.WAITLISTED, 1),
    else_=2,
)


@dataclass(frozen=True)
class OwnPlace:
    """A registration as those it belongs to see it."""

    id: int
    session_id: int
    organisation_id: int
    person_id: int | None
    name: str
    address: str
    state: RegistrationState
    position: int | None  # in line; none for one who comes
    behalf: Behalf | None
    is_mine: bool


@dataclass(frozen=True)
class AttendanceRow:
    """A registration as KS sees it."""

    id: int
    name: str
    address: str
    organisation: str
    state: RegistrationState
    position: int | None
    attended: bool
    behalf: Behalf | None
    registered_by: str
    created_at: datetime


@dataclass(frozen=True)
class MyRow:
    """One's own, with the session it is for."""

    place: OwnPlace
    title: str
    times: Times
    session_state: SessionState


def position() -> ColumnElement[int | None]:
    """The place in line, from one; nothing for those who do not wait."""
    ahead = aliased(Registration)
    before = (
        select(func.count(ahead.id))
        .where(
            ahead.session_id == Registration.session_id,
            ahead.state == RegistrationState.WAITLISTED,
            ahead.number <= Registration.number,
        )
        .correlate(Registration)
        .scalar_subquery()
    )
    return case((Registration.state == RegistrationState.WAITLISTED, before)).label("position")


def _own(actor: Actor) -> Select[Any]:
    """What is shown as one's own: the vendor's when acting for it, else the person's.

    KS may know of all, but has none of its own.
    """
    is_mine = case((mine(actor), literal(1)), else_=literal(0)).label("is_mine")
    return select(Registration, position(), is_mine).where(own_active(actor))


def own_active(actor: Actor) -> ColumnElement[bool]:
    """Which registrations are one's own and stand."""
    condition = known(actor) if acts_for_vendor(actor) else mine(actor)
    return and_(condition, Registration.state.in_(ACTIVE))


def _place(row: Row[Any]) -> OwnPlace:
    kept: DialogueRegistration = row.DialogueRegistration
    return OwnPlace(
        kept.id,
        kept.session_id,
        kept.organisation_id,
        kept.person_id,
        kept.name,
        kept.address,
        kept.state,
        row.position,
        kept.behalf,
        bool(row.is_mine),
    )


def own_places(actor: Actor, session_ids: Sequence[int]) -> dict[int, tuple[OwnPlace, ...]]:
    """One's own registrations by session, in one statement."""
    if actor.is_guest or not session_ids:
        return {}
    wanted = _own(actor).where(Registration.session_id.in_(session_ids))
    found: dict[int, list[OwnPlace]] = {}
    for row in db.session.execute(wanted.order_by(STATE_ORDER, Registration.number)):
        found.setdefault(row.DialogueRegistration.session_id, []).append(_place(row))
    return {session: tuple(places) for session, places in found.items()}


def own_place(actor: Actor, registration_id: int) -> OwnPlace:
    """A registration that the actor may know of; for KS any."""
    is_mine = case((mine(actor), literal(1)), else_=literal(0)).label("is_mine")
    wanted = select(Registration, position(), is_mine).where(
        Registration.id == registration_id, known(actor), Registration.state.in_(ACTIVE)
    )
    row = db.session.execute(wanted).first()
    if row is None:
        raise Missing
    return _place(row)


def my_registrations(actor: Actor, page: int) -> Page[MyRow]:
    """One's own, those to come first, then those that have been."""
    require(actor, DialoguePermission.CHANGE)
    mine_all = _own(actor).add_columns(Session).join(Session, Session.id == Registration.session_id)
    total = db.session.scalar(select(func.count()).select_from(mine_all.subquery())) or 0
    number = within(page, total)
    is_past = case((Session.ends_at <= clock.now(), 1), else_=0)
    order = (is_past, Session.starts_at, Session.id, STATE_ORDER, Registration.number)
    rows = db.session.execute(
        mine_all.order_by(*order).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    )
    found = tuple(
        MyRow(
            _place(row),
            row.DialogueSession.title,
            row.DialogueSession.times,
            row.DialogueSession.state,
        )
        for row in rows
    )
    return Page(found, number, total)


def soon(actor: Actor, most: int) -> tuple[tuple[int, str, datetime], ...]:
    """Sessions within a week that one comes to oneself: number, title, when."""
    if actor.is_guest:
        return ()
    now = clock.now()
    rows = db.session.execute(
        select(Session.id, Session.title, Session.starts_at)
        .join(Registration, Registration.session_id == Session.id)
        .where(
            mine(actor),
            Registration.state == RegistrationState.CONFIRMED,
            Session.state == SessionState.PUBLISHED,
            Session.ends_at > now,
            Session.starts_at <= now + SOON,
        )
        .distinct()
        .order_by(Session.starts_at, Session.id)
        .limit(most)
    )
    return tuple((number, title, at) for number, title, at in rows)


# --- for KS --------------------------------------------------------------------------------------


def _attendance(session_id: int) -> Select[*tuple[Any, ...]]:
    by = aliased(Person)
    return (
        select(
            Registration,
            position(),
            Organisation.name.label("organisation"),
            by.name.label("registered_by"),
        )
        .join(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(by, by.id == Registration.registered_by_id)
        .where(Registration.session_id == session_id)
        .order_by(STATE_ORDER, Registration.number)
    )


def _attending(row: Row[Any]) -> AttendanceRow:
    kept: DialogueRegistration = row.DialogueRegistration
    return AttendanceRow(
        kept.id,
        kept.name,
        kept.address,
        row.organisation,
        kept.state,
        row.position,
        kept.attended,
        kept.behalf,
        row.registered_by or "",
        kept.created_at,
    )


def attendance(actor: Actor, session_id: int, page: int) -> Page[AttendanceRow]:
    """Everyone registered for a session: those who come, those in line, those who have left."""
    require(actor, DialoguePermission.MANAGE)
    wanted = select(func.count(Registration.id)).where(Registration.session_id == session_id)
    total = db.session.scalar(wanted) or 0
    number = within(page, total)
    rows = _attendance(session_id).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(tuple(map(_attending, db.session.execute(rows))), number, total)


def all_attendance(actor: Actor, session_id: int) -> Iterator[AttendanceRow]:
    """The same as a file."""
    require(actor, DialoguePermission.MANAGE)
    return map(_attending, db.session.execute(_attendance(session_id)))


def vendors(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The vendors that KS may register for, by name."""
    require(actor, DialoguePermission.REGISTER_FOR)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.kind == OrganisationKind.VENDOR)
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return tuple((number, name) for number, name in rows)
