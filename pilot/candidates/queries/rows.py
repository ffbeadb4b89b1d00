"""Candidates as rows: what each may know of their state, worked out in one place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from pilot.accounts.models import Organisation
from pilot.candidates.models import Candidate, CandidateStep, PilotRound
from pilot.candidates.queries.rounds import current_rows
from pilot.candidates.rules import LADDER, CandidateState, seen_by_all
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause
from pilot.municipalities.models import County, Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """A candidate in a list; `state` is what this actor may know, and the reason what they may."""

    id: int
    round_id: int
    number: str
    name: str
    county: str
    county_number: str
    state: CandidateState
    state_since: datetime
    public_reason: str
    is_public: bool
    is_new: bool  # KS has not read what the municipality wrote last
    is_unreleased: bool  # KS has decided, and nobody else knows


_COLUMNS = (
    Candidate.id,
    Candidate.round_id,
    Candidate.organisation_id,
    Candidate.state,
    Candidate.own_state,
    Candidate.state_since,
    Candidate.own_state_since,
    Candidate.public_reason,
    Candidate.is_public,
    Candidate.seen_at,
    Municipality.number,
    Municipality.name_unique,
    Municipality.county_number,
    County.name.label("county"),
)
#: The default order everywhere, and the only one: this is no league table.
ORDER = (County.sort_key, Municipality.sort_key, Municipality.number)
UNREAD = Candidate.seen_at.is_(None) & Candidate.state.in_(LADDER)


def rows_of(actor: Actor) -> Select[*tuple[Any, ...]]:
    return rows().where(clause(actor, Candidate))


def rows() -> Select[*tuple[Any, ...]]:
    """Every candidate; for queries that clear it in another way than by its zone."""
    return (
        select(*_COLUMNS)
        .join(Organisation, Organisation.id == Candidate.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .join(County, County.number == Municipality.county_number)
    )


def is_own(actor: Actor, organisation_id: int) -> bool:
    return actor.role is not None and actor.organisation_id == organisation_id


def state_for(actor: Actor, row: Any) -> CandidateState:
    """KS knows the state, a municipality what is told it, everyone else that it is interested."""
    known: CandidateState = row.state if actor.is_ks else row.own_state
    inside = actor.is_ks or is_own(actor, row.organisation_id)
    return known if inside else seen_by_all(known)


def knows_reason(actor: Actor, row: Any) -> bool:
    """A reason goes with the state it was given for, and is hidden with it."""
    return actor.is_ks or row.state is row.own_state


def as_row(actor: Actor, row: Row[Any]) -> CandidateRow:
    since = row.state_since if actor.is_ks else row.own_state_since
    return CandidateRow(
        id=row.id,
        round_id=row.round_id,
        number=row.number,
        name=row.name_unique,
        county=row.county,
        county_number=row.county_number,
        state=state_for(actor, row),
        state_since=since,
        public_reason=row.public_reason if knows_reason(actor, row) else "",
        is_public=row.is_public,
        is_new=actor.is_ks and row.seen_at is None and row.state in LADDER,
        is_unreleased=actor.is_ks and row.state is not row.own_state,
    )


# --- rows for the commands -------------------------------------------------------------------


def visible_candidate(actor: Actor, candidate_id: int, *, for_update: bool = False) -> Candidate:
    """A candidate the actor may know of; another one does not exist for them."""
    wanted = select(Candidate).where(Candidate.id == candidate_id, clause(actor, Candidate))
    if for_update:
        wanted = wanted.with_for_update()
    found = db.session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def round_of(candidate_id: int) -> int:
    """The round to hold before the candidate itself is locked; tells nobody anything."""
    found = db.session.scalar(select(Candidate.round_id).where(Candidate.id == candidate_id))
    if found is None:
        raise Missing
    return found


def candidate_of(round_id: int, organisation_id: int) -> Candidate | None:
    """A municipality's one candidate in a round, locked; for commands on its behalf."""
    return db.session.scalar(
        select(Candidate)
        .where(Candidate.round_id == round_id, Candidate.organisation_id == organisation_id)
        .with_for_update()
    )


def candidates_in(round_id: int) -> list[Candidate]:
    """Every candidate of a round, locked in the order of their numbers; for its release."""
    wanted = select(Candidate).where(Candidate.round_id == round_id)
    return list(db.session.scalars(wanted.order_by(Candidate.id).with_for_update()))


def left_from(candidate_id: int) -> CandidateState | None:
    """The state that a candidate stood in when it withdrew."""
    return db.session.scalar(
        select(CandidateStep.before)
        .where(
            CandidateStep.candidate_id == candidate_id,
            CandidateStep.verb == CandidateState.WITHDRAWN.value,
        )
        .order_by(CandidateStep.id.desc())
        .limit(1)
    )


# --- what others show ------------------------------------------------------------------------


def states(actor: Actor) -> dict[str, str]:
    """What the actor may know of the candidates of the current round, by municipality."""
    latest = current_rows().with_only_columns(PilotRound.id).scalar_subquery()
    rows = db.session.execute(rows_of(actor).where(Candidate.round_id == latest)).all()
    return {row.number: state_for(actor, row).value for row in rows}


def agreed() -> ColumnElement[bool]:
    """Those that everyone may see."""
    return Candidate.zone == Zone.PUBLIC
