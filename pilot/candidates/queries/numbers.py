"""Numbers of rounds and candidates, for overviews: what the actor may know of, and no more."""

from typing import Any

from sqlalchemy import ScalarSelect, SelectBase, select

from pilot.candidates.models import Assessment, Candidate, PartnerMunicipality, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries.rounds import current_rows
from pilot.candidates.queries.rows import UNREAD, agreed
from pilot.candidates.rules import CandidateState
from pilot.candidates.rules.assessing import AssessmentKind
from pilot.core.policy import Actor, require
from pilot.core.policy.zones import clause, ours
from pilot.core.tallies import first_of, grouped, number_of

Numbers = tuple[ScalarSelect[Any], ...]
#: Those that have not answered, and those that have left, are not counted as interested.
SILENT = (CandidateState.INVITED, CandidateState.WITHDRAWN)


def _current(*columns: Any) -> Numbers:
    """What there is to say of the open round, else of the one opened last."""
    return tuple(current_rows().with_only_columns(one).scalar_subquery() for one in columns)


def current_round() -> Numbers:
    """Its id, name, state, last day for interest, and when its decision was released."""
    one = PilotRound
    return _current(one.id, one.name, one.state, one.closes_on, one.released_at)


def unread(actor: Actor) -> Numbers:
    """How many candidates of rounds in work KS has not read, and since when the oldest waits."""
    require(actor, CandidatePermission.HANDLE)
    return number_of(Candidate.id, UNREAD), first_of(Candidate.own_state_since, UNREAD)


def own_state(actor: Actor) -> Numbers:
    """What the municipality that reads is told of its candidate in that round."""
    (latest,) = _current(PilotRound.id)
    wanted = select(Candidate.own_state).where(
        Candidate.round_id == latest, Candidate.organisation_id == ours(actor)
    )
    return (wanted.scalar_subquery(),)


def own_assessment(actor: Actor) -> Numbers:
    """How far the municipality that reads has come with its assessment in that round."""
    (latest,) = _current(PilotRound.id)
    wanted = (
        select(Assessment.state)
        .join(Candidate, Candidate.id == Assessment.candidate_id)
        .where(Candidate.round_id == latest, Candidate.organisation_id == ours(actor))
        .where(Assessment.kind == AssessmentKind.SELF)
    )
    return (wanted.scalar_subquery(),)


def interested(actor: Actor) -> Numbers:
    """For KS: how many have said that they are interested in that round."""
    require(actor, CandidatePermission.HANDLE)
    (latest,) = _current(PilotRound.id)
    says = Candidate.state.not_in(SILENT)
    return (number_of(Candidate.id, Candidate.round_id == latest, says),)


def open_to_all() -> Numbers:
    """How many of that round everyone may see."""
    (latest,) = _current(PilotRound.id)
    return (number_of(Candidate.id, Candidate.round_id == latest, agreed()),)


def chosen_and_released() -> ScalarSelect[int]:
    """How many municipalities are chosen in rounds whose decision everyone may read."""
    is_released = Candidate.round_id.in_(
        select(PilotRound.id).where(PilotRound.released_at.is_not(None))
    )
    return number_of(Candidate.id, is_released, Candidate.state == CandidateState.SELECTED)


def partners_known(actor: Actor) -> Numbers:
    return (number_of(PartnerMunicipality.id, clause(actor, PartnerMunicipality)),)


def by_state(actor: Actor) -> SelectBase:
    """For KS: how many candidates of the current round stand in each state."""
    require(actor, CandidatePermission.HANDLE)
    (latest,) = _current(PilotRound.id)
    return grouped(Candidate.state, Candidate.round_id == latest)
