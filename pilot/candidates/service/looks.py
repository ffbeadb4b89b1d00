"""A new look: asked for by the municipality within a window, and answered by KS with reasons."""

from pilot.candidates import queries
from pilot.candidates.models import NewLook, Submission
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules.panel import look_faults, look_until
from pilot.candidates.service.assessing import held
from pilot.candidates.service.steps import refuse, step, tell_one
from pilot.core import clock
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing
from pilot.core.policy import Actor, require
from pilot.core.text import clean
from pilot.core.unit import command
from pilot.core.words import say

ANSWERED = "candidates/mail/new_look"
ASKS, ANSWERS = "new_look", "new_look_answered"  # in the candidate's history


@command
def ask_new_look(actor: Actor, candidate_id: int, text: str) -> NewLook:
    """Ask for a new look at the newest result, with a reason; once for each, within its window."""
    _in_round, candidate = held(actor, candidate_id)
    require(actor, CandidatePermission.OWN, candidate)
    result = queries.panel_of(candidate.id)
    if result is None:
        raise Missing
    text = clean(text)
    refuse(look_faults("text", text))
    stored = queries.newest_look(candidate.id)
    if stored is not None and stored.submission_id == result.id and stored.text == text:
        return stored  # the same form again
    _refuse_look(result, stored)
    look = NewLook(
        submission_id=result.id,
        person_id=actor.person_id,
        text=text,
        asked_at=clock.now(),
        answer="",
    )
    db.session.add(look)
    candidate.seen_at = None  # KS has something to answer
    step(actor, candidate, ASKS, reason=text)
    return look


def _refuse_look(result: Submission, stored: NewLook | None) -> None:
    if stored is not None and (stored.submission_id == result.id or stored.answered_at is None):
        raise Conflict(say("Dere har allerede bedt om en ny vurdering."))
    until = look_until(result.created_at.astimezone(OSLO).date())
    if clock.today() > until:
        raise Conflict(say("Fristen for å be om ny vurdering var %(day)s.", day=until))


@command
def answer_new_look(actor: Actor, candidate_id: int, answer: str) -> NewLook:
    """Say what came of it. A changed assessment is a new result, made before this as the first one
    was."""
    in_round, candidate = held(actor, candidate_id)
    require(actor, CandidatePermission.PANEL_FINISH)
    look = queries.newest_look(candidate.id)
    if look is None:
        raise Missing
    answer = clean(answer)
    refuse(look_faults("answer", answer))
    if look.answered_at is not None:
        if look.answer == answer:
            return look
        raise Conflict(say("Noen har allerede svart kommunen."))
    look.answer, look.answered_by_id, look.answered_at = answer, actor.person_id, clock.now()
    uid = step(actor, candidate, ANSWERS, reason=answer)
    tell_one(actor, in_round, candidate, uid, template=ANSWERED)
    return look
