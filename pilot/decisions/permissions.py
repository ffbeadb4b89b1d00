"""Who may record, change and carry out. Who may read is the zones' matter."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, Programme, Rule
from pilot.core.policy.engine import is_ks


class DecisionPermission(StrEnum):
    REGISTER = "decision:register"  # write in the register by hand, change what stands there
    DECIDE = "decision:decide"  # have a decision recorded by what one does in another room
    CARRY_OUT = "action:carry-out"  # comment, begin, finish
    DROP = "action:drop"
    CONDITION_EDIT = "condition:edit"


def sits_in_steering_group(actor: Actor, _subject: Any) -> bool:
    return Programme.STEERING_GROUP in actor.programme and not actor.vendor_ties


def _answers_for_it(actor: Actor, entry: Any) -> bool:
    """The owner: the person named, or anyone with a part in the organisation where none is."""
    if entry is None or actor.role is None or entry.organisation_id is None:
        return False
    if entry.owner_id is not None:
        return bool(entry.owner_id == actor.person_id)
    return bool(entry.organisation_id == actor.organisation_id)


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    DecisionPermission.REGISTER: (is_ks,),
    DecisionPermission.DECIDE: (is_ks, sits_in_steering_group),
    DecisionPermission.CARRY_OUT: (is_ks, _answers_for_it),
    DecisionPermission.DROP: (is_ks,),
    DecisionPermission.CONDITION_EDIT: (is_ks,),
}
