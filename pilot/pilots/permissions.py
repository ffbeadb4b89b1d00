"""Who may write about pilots. Which of them one may know of is the zones' matter."""

from enum import StrEnum

from pilot.core.policy import Rule
from pilot.core.policy.engine import is_ks, is_ks_lead


class PilotPermission(StrEnum):
    EDIT = "pilot:edit"
    RELEASE = "pilot:release"


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    PilotPermission.EDIT: (is_ks,),
    PilotPermission.RELEASE: (is_ks_lead,),
}
