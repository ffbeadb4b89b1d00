"""Reading sessions: the list, the page, what a search finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from pilot.accounts.models import Organisation
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.queries.registrations import OwnPlace, own_places
from pilot.dialogue.rules import (
    SOON,
    RegistrationState,
    SessionState,
    SessionText,
    ShownState,
    Times,
    shown_state,
)

Session, Registration = DialogueSession, DialogueRegistration


@dataclass(frozen=True)
class Counts:
    """How many come and how many wait: for KS alone."""

    capacity: int
    confirmed: int
    waitlisted: int


@dataclass(frozen=True)
class SessionRow:
    id: int
    title: str
    state: ShownState
    times: Times
    place: str
    own: tuple[OwnPlace, ...]
    counts: Counts | None


@dataclass(frozen=True)
class SessionPage:
    """A session as one reads it; `join_url` is empty for all but confirmed participants and KS."""

    id: int
    title: str
    state: ShownState
    stored_state: SessionState
    zone: Zone
    times: Times
    text_html: str
    place: str
    join_url: str
    reason: str
    organisation: str
    revision: int
    quota: int | None
    own: tuple[OwnPlace, ...]
    counts: Counts | None
    text: SessionText | None  # what KS writes, for KS

    @property
    def is_open(self) -> bool:
        return self.state in (ShownState.OPEN, ShownState.FULL)

    @property
    def is_confirmed(self) -> bool:
        """Whether the reader comes themselves."""
        return any(p.is_mine and p.state is RegistrationState.CONFIRMED for p in self.own)

    @property
    def mine(self) -> OwnPlace | None:
        return next((place for place in self.own if place.is_mine), None)


def _count(state: RegistrationState) -> Any:
    return (
        select(func.count(Registration.id))
        .where(Registration.session_id == Session.id, Registration.state == state)
        .correlate(Session)
        .scalar_subquery()
    )


CONFIRMED = _count(RegistrationState.CONFIRMED).label("confirmed")
WAITLISTED = _count(RegistrationState.WAITLISTED).label("waitlisted")


def _rows(actor: Actor) -> Select[Any]:
    return select(Session, CONFIRMED, WAITLISTED).where(clause(actor, Session))


def _state(row: Row[Any], now: datetime) -> ShownState:
    is_full = row.waitlisted > 0 or row.confirmed >= row.DialogueSession.capacity
    session: DialogueSession = row.DialogueSession
    return shown_state(session.state, session.times, now, is_full=is_full)


def _counts(actor: Actor, row: Row[Any]) -> Counts | None:
    """What DOMAIN hides from all but KS: capacity too, for with «fullt» it tells how many come."""
    if not actor.is_ks:
        return None
    return Counts(row.DialogueSession.capacity, row.confirmed, row.waitlisted)


def _read(actor: Actor, rows: Iterable[Row[Any]]) -> tuple[SessionRow, ...]:
    rows, now = list(rows), clock.now()
    own = own_places(actor, [row.DialogueSession.id for row in rows])
    return tuple(
        SessionRow(
            row.DialogueSession.id,
            row.DialogueSession.title,
            _state(row, now),
            row.DialogueSession.times,
            row.DialogueSession.place,
            own.get(row.DialogueSession.id, ()),
            _counts(actor, row),
        )
        for row in rows
    )


def listed(actor: Actor, *, past: bool, page: int) -> Page[SessionRow]:
    """Sessions to come, the next first; or those that have been, the last first."""
    now = clock.now()
    when = Session.ends_at <= now if past else Session.ends_at > now
    order = (
        (Session.starts_at.desc(), Session.id.desc()) if past else (Session.starts_at, Session.id)
    )
    total = db.session.scalar(select(func.count(Session.id)).where(clause(actor, Session), when))
    number = within(page, total or 0)
    wanted = _rows(actor).where(when).order_by(*order)
    rows = db.session.execute(wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page(_read(actor, rows), number, total or 0)


def records(actor: Actor, *, after: int, most: int) -> tuple[SessionRow, ...]:
    """Sessions by number, those after one; for programs."""
    wanted = _rows(actor).where(Session.id > after).order_by(Session.id).limit(most)
    return _read(actor, db.session.execute(wanted))


def count(actor: Actor) -> int:
    return db.session.scalar(select(func.count(Session.id)).where(clause(actor, Session))) or 0


def record(actor: Actor, session_id: int) -> SessionRow:
    (found,) = _read(actor, [_row(actor, session_id)])
    return found


def _row(actor: Actor, session_id: int) -> Row[Any]:
    found = db.session.execute(_rows(actor).where(Session.id == session_id)).first()
    if found is None:
        raise Missing
    return found


def page(actor: Actor, session_id: int) -> SessionPage:
    """A session's page, cleared for the reader."""
    wanted = (
        _rows(actor)
        .add_columns(Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == Session.organisation_id)
        .where(Session.id == session_id)
    )
    row = db.session.execute(wanted).first()
    if row is None:
        raise Missing
    own = own_places(actor, [session_id]).get(session_id, ())
    return _page(actor, row, own)


def _page(actor: Actor, row: Row[Any], own: tuple[OwnPlace, ...]) -> SessionPage:
    session: DialogueSession = row.DialogueSession
    comes = any(p.is_mine and p.state is RegistrationState.CONFIRMED for p in own)
    return SessionPage(
        id=session.id,
        title=session.title,
        state=_state(row, clock.now()),
        stored_state=session.state,
        zone=session.zone,
        times=session.times,
        text_html=session.text_html,
        place=session.place,
        join_url=session.join_url if comes or actor.is_ks else "",
        reason=session.reason,
        organisation=row.organisation,
        revision=session.revision,
        quota=session.quota,
        own=own,
        counts=_counts(actor, row),
        text=text_of(session) if actor.is_ks else None,
    )


def text_of(session: DialogueSession) -> SessionText:
    names = SessionText.__dataclass_fields__
    return SessionText(**{name: getattr(session, name) for name in names})


# --- what others' pages show -------------------------------------------------------------------


def session_lines(actor: Actor) -> Select[Any]:
    """The sessions that a search of the whole site looks through, the newest first."""
    found = findable(Session.id, Session.title).where(clause(actor, Session))
    newest = (Session.starts_at.desc(), Session.id)
    return lines(found, Session.search_text, order=newest, begins=True)


@dataclass(frozen=True)
class Attention:
    """A session that KS should look at before it begins."""

    id: int
    title: str
    starts_at: datetime
    lacks_link: bool
    waitlisted: int


def attention(actor: Actor, most: int) -> tuple[Attention, ...]:
    """For KS: those within a week that say nowhere to come, and those with people in line."""
    if not actor.is_ks:
        return ()
    now = clock.now()
    lacks = (Session.join_url == "") & (Session.starts_at <= now + SOON)
    rows = db.session.execute(
        select(Session.id, Session.title, Session.starts_at, Session.join_url, WAITLISTED)
        .where(
            Session.state == SessionState.PUBLISHED,
            Session.starts_at > now,
            or_(lacks, WAITLISTED > 0),
        )
        .order_by(Session.starts_at, Session.id)
        .limit(most)
    )
    return tuple(
        Attention(i, title, at, not url and at <= now + SOON, waiting)
        for i, title, at, url, waiting in rows
    )
