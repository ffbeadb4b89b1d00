"""Who may do what with the priority list."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, Programme, Rule
from pilot.core.policy.engine import is_ks, is_ks_lead
from pilot.priorities.rules import BEFORE_GROUP


class PriorityPermission(StrEnum):
    ORDER = "priority:order"  # see the work, add, move and take out stories
    PUT = "priority:put"  # put the list before the steering group, and take it back
    READ_PAPER = "priority:paper"  # read what is put before the group
    DECIDE = "priority:decide"  # approve it or return it
    RELEASE = "priority:release"


def _in_group(actor: Actor, _list: Any) -> bool:
    return Programme.STEERING_GROUP in actor.programme


def _in_group_and_before_it(actor: Actor, found: Any) -> bool:
    return _in_group(actor, found) and found is not None and found.state in BEFORE_GROUP


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    PriorityPermission.ORDER: (is_ks,),
    PriorityPermission.PUT: (is_ks_lead,),
    PriorityPermission.READ_PAPER: (is_ks, _in_group_and_before_it),
    PriorityPermission.DECIDE: (_in_group,),
    PriorityPermission.RELEASE: (is_ks_lead,),
}
