"""Lists of candidates: by county, then name, a page at a time."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from pilot.accounts.models import Organisation
from pilot.candidates.models import Candidate, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries.people import Reach, reach_of
from pilot.candidates.queries.rows import (
    ORDER,
    UNREAD,
    CandidateRow,
    agreed,
    as_row,
    rows_of,
)
from pilot.candidates.rules import CandidateState, RoundState
from pilot.core.db import db
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require
from pilot.municipalities.models import County, Municipality


@dataclass(frozen=True)
class CandidateFilter:
    round_id: int
    states: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    only_new: bool = False
    only_unreached: bool = False  # invited, with nobody there to answer
    page: int = 1


@dataclass(frozen=True)
class Facets:
    """How many candidates a round has, by state and by county: the numbers at the filters."""

    total: int
    states: dict[str, int]
    counties: dict[str, int]
    county_names: dict[str, str]


def listed(actor: Actor, wanted: CandidateFilter) -> Page[CandidateRow]:
    """KS' list, as it really stands."""
    require(actor, CandidatePermission.HANDLE)
    return _page(actor, wanted.page, _conditions(wanted))


def shown(actor: Actor, round_id: int, page: int) -> Page[CandidateRow]:
    """Those of a round that everyone may see."""
    return _page(actor, page, [Candidate.round_id == round_id, agreed()])


def _conditions(wanted: CandidateFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Candidate.round_id == wanted.round_id]
    if wanted.states:
        known = [state for state in CandidateState if state.value in wanted.states]
        found.append(Candidate.state.in_(known))
    if wanted.counties:
        found.append(Municipality.county_number.in_(wanted.counties))
    if wanted.only_new:
        found.append(UNREAD)
    if wanted.only_unreached:
        found.append(_unreached())
    return found


def _unreached() -> ColumnElement[bool]:
    return (Candidate.state == CandidateState.INVITED) & (reach_of() == Reach.NOBODY.value)


def _page(actor: Actor, asked: int, conditions: list[ColumnElement[bool]]) -> Page[CandidateRow]:
    found = rows_of(actor).where(*conditions)
    counted = found.with_only_columns(Candidate.id).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    number = within(asked, total)
    rows = db.session.execute(
        found.order_by(*ORDER).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(as_row(actor, row) for row in rows), number, total)


def facets(actor: Actor, round_id: int) -> Facets:
    require(actor, CandidatePermission.HANDLE)
    groups = db.session.execute(
        select(Candidate.state, County.number, County.name, func.count())
        .join(Organisation, Organisation.id == Candidate.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .join(County, County.number == Municipality.county_number)
        .where(Candidate.round_id == round_id)
        .group_by(Candidate.state, County.number, County.name, County.sort_key)
        .order_by(County.sort_key)
    ).all()
    states: Counter[str] = Counter()
    counties: Counter[str] = Counter()
    for state, number, _name, count in groups:
        states[state.value] += count
        counties[number] += count
    names = {number: name for _, number, name, _ in groups}
    return Facets(sum(states.values()), dict(states), dict(counties), names)


@dataclass(frozen=True)
class Waiting:
    """What waits for KS among the candidates of a round."""

    round_id: int
    name: str
    unread: int
    since: datetime | None  # when the oldest unread one was written
    unreached: int  # invited while the round is open, with nobody there to answer


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """The rounds where something waits, in one statement."""
    require(actor, CandidatePermission.HANDLE)
    is_unreached = (PilotRound.state == RoundState.OPEN) & _unreached()
    rows = db.session.execute(
        select(
            PilotRound.id,
            PilotRound.name,
            func.count(case((UNREAD, Candidate.id))),
            func.min(case((UNREAD, Candidate.own_state_since))),
            func.count(case((is_unreached, Candidate.id))),
        )
        .join(Candidate, Candidate.round_id == PilotRound.id)
        .join(Organisation, Organisation.id == Candidate.organisation_id)
        .where(UNREAD | is_unreached)
        .group_by(PilotRound.id, PilotRound.name)
        .order_by(PilotRound.id)
    )
    return tuple(Waiting(*row) for row in rows)


def records(
    actor: Actor, round_id: int, *, after: int, most: int
) -> tuple[tuple[CandidateRow, ...], int]:
    """Candidates for other programs, by municipality number above `after`; and how many in all."""
    found = rows_of(actor).where(Candidate.round_id == round_id)
    counted = found.with_only_columns(Candidate.id).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    begin = Municipality.number > f"{min(after, 9999):04d}"
    rows = db.session.execute(found.where(begin).order_by(Municipality.number).limit(most))
    return tuple(as_row(actor, row) for row in rows), total
