"""What KS does with candidates: invites them, reads them, moves them on."""

from collections.abc import Collection

from pilot.candidates import queries
from pilot.candidates.models import Candidate, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import MOVE_GONE, OUTCOMES, CandidateState, may_move, needs_reason
from pilot.candidates.service.interest import blank
from pilot.candidates.service.steps import reason_given, step, take, tell, tell_one
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say

C = CandidateState


@command
def invite(
    actor: Actor, round_id: int, *, numbers: Collection[str] = (), counties: Collection[str] = ()
) -> int:
    """Invite municipalities by number or whole counties; those in the round already are left as
    they are. Answers how many were invited."""
    in_round = queries.visible_round(actor, round_id, for_update=True)
    require(actor, CandidatePermission.HANDLE)
    if not queries.takes_interest(in_round, clock.today()):
        raise Conflict(say("Du kan invitere kommuner når runden er åpen og fristen ikke er ute."))
    chosen = queries.places(actor, round_id, numbers, counties)
    if not chosen:
        raise Rejected(say("Skriv navnet på minst én kommune, eller velg et fylke."), "numbers")
    new = [place.organisation_id for place in chosen if not place.is_in]
    people = queries.contacts(new)
    called = {place.organisation_id: place.number for place in chosen}
    rows = [blank(in_round.id, organisation_id, C.INVITED) for organisation_id in new]
    db.session.add_all(rows)
    db.session.flush()
    for candidate in rows:
        uid = step(actor, candidate, C.INVITED.value)
        own = candidate.organisation_id
        tell(actor, in_round, candidate, uid, number=called[own], people=people.get(own, ()))
    return len(rows)


@command
def move_candidate(
    actor: Actor,
    candidate_id: int,
    *,
    to: CandidateState,
    reason: str = "",
    public_reason: str = "",
    seen: CandidateState | None = None,
) -> Candidate:
    """Take a candidate to another state. What is decided is told when the round is released, and
    until then known to KS alone; every other step is told at once.

    `seen` is the state on the page that asked; Conflict when the candidate has another one now.
    """
    in_round = queries.visible_round(actor, queries.round_of(candidate_id), hold=True)
    candidate = queries.visible_candidate(actor, candidate_id, for_update=True)
    require(actor, CandidatePermission.HANDLE)
    _refuse_move(in_round, candidate, to, seen)
    reason = reason_given(reason, "reason", needed=needs_reason(candidate.own_state, to))
    public_reason = reason_given(public_reason, "public_reason", needed=to in OUTCOMES)
    before = candidate.state
    candidate.seen_at = candidate.seen_at or clock.now()
    is_known = take(candidate, to, is_released=in_round.is_released, reason=reason)
    if to in OUTCOMES:
        candidate.public_reason = public_reason
    uid = step(
        actor,
        candidate,
        to.value,
        before=before,
        reason=reason,
        public_reason=candidate.public_reason,
        is_internal=not is_known,
    )
    if is_known:
        tell_one(actor, in_round, candidate, uid)
    return candidate


def _refuse_move(
    in_round: PilotRound, candidate: Candidate, to: CandidateState, seen: CandidateState | None
) -> None:
    if seen is not None and seen is not candidate.state:
        raise Conflict(say("Kandidaten har fått en annen status. Last siden på nytt."))
    if not may_move(candidate.state, to, in_round.state, is_released=in_round.is_released):
        raise Conflict(MOVE_GONE)


@command
def mark_read(actor: Actor, candidate_id: int) -> Candidate:
    """Note that KS has read what the municipality wrote."""
    candidate = queries.visible_candidate(actor, candidate_id, for_update=True)
    require(actor, CandidatePermission.HANDLE)
    if candidate.seen_at is None:
        candidate.seen_at = clock.now()
        audit.record(actor, "candidate read", candidate)
    return candidate
