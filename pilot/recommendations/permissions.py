"""Who may write documents, take them on, and give input."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, Rule
from pilot.core.policy.engine import is_ks, is_ks_lead


class DocumentPermission(StrEnum):
    WRITE = "document:write"
    MOVE = "document:move"
    INPUT_GIVE = "document:give-input"
    INPUT_READ = "document:read-input"


def _has_a_part(actor: Actor, _subject: Any) -> bool:
    """Anyone with a part in an organisation; KS gathers input, and gives none."""
    return actor.role is not None and actor.organisation_id is not None and not actor.is_ks


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    DocumentPermission.WRITE: (is_ks,),
    DocumentPermission.MOVE: (is_ks_lead,),
    DocumentPermission.INPUT_GIVE: (_has_a_part,),
    DocumentPermission.INPUT_READ: (is_ks,),
}
