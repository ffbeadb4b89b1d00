"""What KS says of a condition; where the data say its state, nobody types it."""

from dataclasses import replace

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.policy import Actor, require
from pilot.core.text import clean
from pilot.core.unit import command
from pilot.core.words import say
from pilot.decisions import queries
from pilot.decisions.models import Condition, ConditionEvent
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.rules import ConditionText, condition_faults, shipped_conditions
from pilot.decisions.service.steps import Faulty, Stale


@command
def edit_condition(actor: Actor, key: str, text: ConditionText, *, revision: int) -> Condition:
    """Set a condition's state with a reason, its owner, date and what settles it.

    `Stale` when someone changed it after `revision`. Everyone can read all of it at once.
    """
    condition = queries.stored_condition(actor, key, for_update=True)
    require(actor, DecisionPermission.CONDITION_EDIT, condition)
    if condition.revision != revision:
        raise Stale(say("Noen endret rammebetingelsen mens du skrev."))
    text = _tidy(text)
    is_derived = shipped_conditions()[key].is_derived
    before = condition.state
    is_moved = not is_derived and text.state not in (None, before)
    found = [*condition_faults(text, is_derived=is_derived, is_moved=is_moved)]
    if found:
        raise Faulty(found)
    _write(condition, text)
    if is_moved or text.reason:
        _happened(actor, condition, before, text.reason)
    audit.record(
        actor,
        "condition changed",
        condition,
        before=before,
        after=condition.state,
        text="\n".join(part for part in (text.owner, text.settled_by, text.reason) if part) or None,
    )
    return condition


def _write(condition: Condition, text: ConditionText) -> None:
    condition.owner, condition.due_on = text.owner, text.due_on
    condition.settled_by = text.settled_by
    condition.state = text.state or condition.state
    condition.changed_at = clock.now()
    condition.revision += 1


def _tidy(text: ConditionText) -> ConditionText:
    owner = " ".join(clean(text.owner).split())
    return replace(text, owner=owner, settled_by=clean(text.settled_by), reason=clean(text.reason))


def _happened(actor: Actor, condition: Condition, before: object, reason: str) -> None:
    db.session.add(
        ConditionEvent(
            condition_id=condition.id,
            before=before,
            after=condition.state,
            reason=reason,
            person_id=actor.person_id,
            organisation_id=actor.organisation_id,
            happened_at=clock.now(),
        )
    )
