"""Who may change the team. Everyone may read who sits there; names are the persons' own."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, Rule
from pilot.core.policy.engine import is_ks


class TeamPermission(StrEnum):
    MANAGE = "team:manage"
    NAME_SHOW = "team:show-name"


def _is_oneself(actor: Actor, appointment: Any) -> bool:
    return appointment is not None and appointment.person_id == (actor.person_id or 0)


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    TeamPermission.MANAGE: (is_ks,),
    TeamPermission.NAME_SHOW: (_is_oneself,),
}
