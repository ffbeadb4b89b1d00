"""The quick check: ten minutes that tell a municipality what it lacks."""

from collections.abc import Mapping

from pilot.candidates.models import QuickCheckAnswer
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import quick_answer_rows
from pilot.candidates.rules.assessing import QuickAnswer, may_check
from pilot.candidates.rules.criteria import Dimension
from pilot.candidates.service.assessing import held
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say


@command
def save_quick_check(
    actor: Actor, candidate_id: int, answers: Mapping[Dimension, QuickAnswer]
) -> None:
    """Store what is answered; a dimension that is left out keeps the answer it has."""
    in_round, candidate = held(actor, candidate_id)
    require(actor, CandidatePermission.OWN, candidate)
    if not may_check(candidate.own_state, in_round.state):
        raise Conflict(say("Hurtigsjekken kan ikke endres nå."))
    stored = quick_answer_rows(candidate.id)
    changed = {one: said for one, said in answers.items() if _is_news(stored.get(one), said)}
    for dimension, said in changed.items():
        row = stored.get(dimension)
        row = row or QuickCheckAnswer(candidate_id=candidate.id, dimension=dimension)
        row.answer, row.person_id, row.changed_at = said, actor.person_id, clock.now()
        db.session.add(row)
    if changed:
        told = {dimension.value: said.value for dimension, said in changed.items()}
        audit.record(actor, "quick check answered", candidate, answers=told)


def _is_news(row: QuickCheckAnswer | None, said: QuickAnswer) -> bool:
    return row is None or row.answer is not said
