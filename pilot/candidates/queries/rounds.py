"""Rounds as each may see them: a planned one is KS' own, and so is a decision not released."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select

from pilot.candidates.models import PilotRound
from pilot.candidates.rules import RoundState, RoundText, round_state_for_all
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.policy import Actor


@dataclass(frozen=True)
class RoundPage:
    id: int
    name: str
    state: RoundState  # as this actor may know it
    opens_on: date
    closes_on: date
    decision_on: date | None
    text: str
    text_html: str
    revision: int
    released_at: datetime | None
    criteria_version: int | None  # what is asked in it; none before it has opened
    takes_interest: bool

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def as_text(self) -> RoundText:
        return RoundText(
            name=self.name,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            decision_on=self.decision_on,
            text=self.text,
        )


def takes_interest(row: PilotRound | RoundPage, on: date) -> bool:
    """Whether interest that came on this day is taken: the round is open, the deadline not past."""
    return row.state is RoundState.OPEN and on <= row.closes_on


def visible_round(
    actor: Actor, round_id: int, *, for_update: bool = False, hold: bool = False
) -> PilotRound:
    """A round the actor may know of. `hold` keeps it in its state while something happens in it."""
    wanted = _seen_by(actor).where(PilotRound.id == round_id)
    if for_update or hold:
        wanted = wanted.with_for_update(read=not for_update)
    found = db.session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def round_page(actor: Actor, round_id: int) -> RoundPage:
    return as_page(actor, visible_round(actor, round_id))


def rounds(actor: Actor) -> tuple[RoundPage, ...]:
    """All rounds that the actor may know of, the newest first; there are few."""
    rows = db.session.scalars(_seen_by(actor).order_by(PilotRound.opens_on.desc(), PilotRound.id))
    return tuple(as_page(actor, row) for row in rows)


def round_lines(actor: Actor) -> Select[Any]:
    """The same, for the search of the whole site; their names are looked through there."""
    found = findable(PilotRound.id, PilotRound.name).where(*_seen(actor))
    return lines(found, None, order=(PilotRound.opens_on.desc(), PilotRound.id), begins=True)


def current(actor: Actor) -> RoundPage | None:
    """The open round, else the one opened last."""
    row = db.session.scalar(current_rows())
    return as_page(actor, row) if row else None


def current_rows() -> Select[PilotRound]:
    """Nothing in it is hidden from anyone: a planned round has not been opened."""
    is_open = case((PilotRound.state == RoundState.OPEN, 0), else_=1)
    order = (is_open, PilotRound.opened_at.desc(), PilotRound.id.desc())
    return select(PilotRound).where(PilotRound.opened_at.is_not(None)).order_by(*order).limit(1)


def other_open_round(round_id: int) -> str | None:
    """The name of another round that is open; for commands that would open this one."""
    return db.session.scalar(
        select(PilotRound.name).where(
            PilotRound.state == RoundState.OPEN, PilotRound.id != round_id
        )
    )


def rounds_without_criteria() -> list[PilotRound]:
    """Those that opened before the site had any; for seeds."""
    wanted = (PilotRound.opened_at.is_not(None), PilotRound.criteria_version.is_(None))
    return [*db.session.scalars(select(PilotRound).where(*wanted))]


def round_of_form(actor: Actor, form_key: str | None) -> PilotRound | None:
    """The round that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(PilotRound).filter_by(author_id=actor.person_id, form_key=form_key)
    )


def _seen_by(actor: Actor) -> Select[PilotRound]:
    return select(PilotRound).where(*_seen(actor))


def _seen(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return () if actor.is_ks else (PilotRound.opened_at.is_not(None),)


def as_page(actor: Actor, row: PilotRound) -> RoundPage:
    shown = row.state
    if not actor.is_ks:
        shown = round_state_for_all(row.state, is_released=row.is_released)
    return RoundPage(
        id=row.id,
        name=row.name,
        state=shown,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        decision_on=row.decision_on,
        text=row.text,
        text_html=row.text_html,
        revision=row.revision,
        released_at=row.released_at,
        criteria_version=row.criteria_version,
        takes_interest=takes_interest(row, clock.today()),
    )
