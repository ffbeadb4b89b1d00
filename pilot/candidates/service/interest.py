"""A municipality's own part: interest, a change, withdrawal, and coming back."""

from dataclasses import replace

from pilot.accounts import queries as accounts
from pilot.accounts.models import Organisation
from pilot.candidates import queries
from pilot.candidates.models import Candidate, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import (
    RESUMABLE,
    WITHDRAWABLE,
    CandidateState,
    Interest,
    RoundState,
    faults,
    zone_of,
)
from pilot.candidates.service.steps import (
    RECEIPT,
    Stale,
    reason_given,
    refuse,
    step,
    take,
    tell_one,
)
from pilot.core import clock
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.text import clean
from pilot.core.unit import command
from pilot.core.words import Message, say

CHANGED = queries.CHANGED
C = CandidateState


@command
def express_interest(
    actor: Actor, round_id: int, interest: Interest, *, revision: int = 0
) -> Candidate:
    """Say that the municipality one acts for is interested, or change what it has said.

    The same form sent twice is stored once; from an older form than what is stored, nothing is.
    """
    in_round = queries.visible_round(actor, round_id, hold=True)
    require(actor, CandidatePermission.TAKE_PART)
    _refuse_late(in_round)
    assert actor.organisation_id is not None  # noqa: S101  # the permission says so
    return _store(actor, in_round, actor.organisation_id, interest, revision=revision)


@command
def register_interest(
    actor: Actor, round_id: int, number: str, interest: Interest, *, behalf: Behalf
) -> Candidate:
    """Enter what a municipality has told KS by mail or phone. It counts from the day it came, and
    the municipality gets a receipt that it can correct from."""
    in_round = queries.visible_round(actor, round_id, hold=True)
    require(actor, CandidatePermission.HANDLE)
    organisation_id = accounts.organisation_of(number)
    if organisation_id is None:
        raise Rejected(say("Fant ingen kommune med dette nummeret."), "number")
    if not queries.takes_interest(in_round, behalf.received_on):
        raise Conflict(_too_late(in_round))
    db.session.get_one(Organisation, organisation_id, with_for_update=True)
    stored = queries.candidate_of(in_round.id, organisation_id)
    if stored is not None and stored.sentence and stored.own_state is not C.WITHDRAWN:
        if queries.interest_of(stored) == _tidy(interest) and stored.behalf == behalf:
            return stored
        raise Conflict(say("Kommunen har allerede meldt interesse. Åpne kandidaten og se der."))
    seen = stored.revision if stored else 0
    return _store(actor, in_round, organisation_id, interest, revision=seen, behalf=behalf)


def _store(
    actor: Actor,
    in_round: PilotRound,
    organisation_id: int,
    interest: Interest,
    *,
    revision: int,
    behalf: Behalf | None = None,
) -> Candidate:
    interest = _tidy(interest)
    refuse(faults(interest, clock.today()))
    # The organisation's row is the turnstile: what is said for it comes one at a time.
    db.session.get_one(Organisation, organisation_id, with_for_update=True)
    candidate = queries.candidate_of(in_round.id, organisation_id)
    if candidate is None:
        candidate = blank(in_round.id, organisation_id, C.INTERESTED)
    elif candidate.revision != revision:
        if queries.interest_of(candidate) == interest:
            return candidate  # the same form again
        raise Stale(say("Noen har endret interessemeldingen mens du skrev."))
    before = None if candidate.id is None else candidate.own_state
    _write(candidate, interest, behalf)
    is_news = before in (None, C.INVITED, C.WITHDRAWN)
    if is_news:
        take(candidate, C.INTERESTED, is_released=in_round.is_released)
    db.session.add(candidate)
    db.session.flush()
    verb = C.INTERESTED.value if is_news else CHANGED
    uid = step(actor, candidate, verb, before=before, behalf=behalf)
    if is_news:
        _receipt(actor, in_round, candidate, uid, behalf)
    return candidate


def _receipt(
    actor: Actor, in_round: PilotRound, candidate: Candidate, uid: str, behalf: Behalf | None
) -> None:
    if behalf is None:
        tell_one(actor, in_round, candidate, uid)
        return
    told = {"channel": behalf.channel.value, "received_on": behalf.received_on.isoformat()}
    tell_one(actor, in_round, candidate, uid, template=RECEIPT, **told)


def blank(round_id: int, organisation_id: int, state: CandidateState) -> Candidate:
    """A municipality that was not in the round, and is now."""
    now = clock.now()
    return Candidate(
        round_id=round_id,
        organisation_id=organisation_id,
        zone=Zone.OWN,
        state=state,
        own_state=state,
        revision=0,
        contact_name="",
        contact_email="",
        approved_by="",
        approved_role="",
        sentence="",
        is_public=False,
        reason="",
        own_reason="",
        public_reason="",
        created_at=now,
        state_since=now,
        own_state_since=now,
    )


def _tidy(interest: Interest) -> Interest:
    return replace(
        interest,
        contact_name=clean(interest.contact_name),
        contact_email=clean(interest.contact_email),
        approved_by=clean(interest.approved_by),
        approved_role=clean(interest.approved_role),
        sentence=clean(interest.sentence),
    )


def _write(candidate: Candidate, interest: Interest, behalf: Behalf | None) -> None:
    candidate.contact_name, candidate.contact_email = interest.contact_name, interest.contact_email
    candidate.approved_by, candidate.approved_role = interest.approved_by, interest.approved_role
    candidate.approved_on, candidate.sentence = interest.approved_on, interest.sentence
    candidate.is_public = interest.is_public
    candidate.zone = zone_of(candidate.own_state, is_public=interest.is_public)
    candidate.behalf = behalf
    candidate.seen_at = clock.now() if behalf else None
    candidate.revision += 1


@command
def withdraw_interest(
    actor: Actor, candidate_id: int, *, reason: str = "", behalf: Behalf | None = None
) -> Candidate:
    """Take a municipality out of a round, by itself or as it has told KS; `resume` undoes it."""
    in_round = queries.visible_round(actor, queries.round_of(candidate_id), hold=True)
    candidate = queries.visible_candidate(actor, candidate_id, for_update=True)
    permission = CandidatePermission.HANDLE if behalf else CandidatePermission.OWN
    require(actor, permission, candidate)
    if in_round.state is RoundState.CLOSED:
        raise Conflict(say("Runden er avsluttet og kan ikke endres."))
    if candidate.own_state not in WITHDRAWABLE:
        raise Conflict(say("Kommunen er ikke lenger med i runden."))
    reason = reason_given(reason, "reason", needed=False)
    before = candidate.own_state
    take(candidate, C.WITHDRAWN, is_released=in_round.is_released)
    candidate.behalf = behalf or candidate.behalf
    uid = step(actor, candidate, C.WITHDRAWN.value, before=before, reason=reason, behalf=behalf)
    _receipt(actor, in_round, candidate, uid, behalf)
    return candidate


@command
def resume_interest(actor: Actor, candidate_id: int) -> Candidate:
    """Undo a withdrawal while the round takes interest: all that was written is still there."""
    in_round = queries.visible_round(actor, queries.round_of(candidate_id), hold=True)
    candidate = queries.visible_candidate(actor, candidate_id, for_update=True)
    require(actor, CandidatePermission.OWN, candidate)
    _refuse_late(in_round)
    if candidate.own_state is not C.WITHDRAWN:
        raise Conflict(say("Kommunen er allerede med i runden."))
    stood = queries.left_from(candidate.id)
    back = stood if stood in RESUMABLE else C.INTERESTED
    take(candidate, back, is_released=in_round.is_released)
    candidate.seen_at = None
    uid = step(actor, candidate, back.value, before=C.WITHDRAWN)
    tell_one(actor, in_round, candidate, uid)
    return candidate


def _refuse_late(in_round: PilotRound) -> None:
    if not queries.takes_interest(in_round, clock.today()):
        raise Conflict(_too_late(in_round))


def _too_late(in_round: PilotRound) -> Message:
    if in_round.state is RoundState.PLANNED:
        return say("Runden er ikke åpnet ennå.")
    return say(
        "Fristen for å melde interesse var %(day)s. Ta kontakt med KS hvis dere likevel vil være "
        "med.",
        day=in_round.closes_on,
    )
