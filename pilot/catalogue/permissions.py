"""Who may change the catalogue. Everyone may read it."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, OrganisationKind, Rule
from pilot.core.policy.engine import is_ks, is_ks_lead


class CataloguePermission(StrEnum):
    SOLUTION_CONFIRM = "solution:confirm"
    SERVICE_EDIT = "service:edit"
    DOCUMENT_EDIT = "document:edit"
    FOLLOW_UP = "document:follow_up"  # say which things follow up a recommendation


def _is_nhn(actor: Actor, _subject: Any) -> bool:
    return actor.kind is OrganisationKind.NATIONAL_PROVIDER and actor.role is not None


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    CataloguePermission.SOLUTION_CONFIRM: (_is_nhn,),
    CataloguePermission.SERVICE_EDIT: (is_ks, _is_nhn),
    CataloguePermission.DOCUMENT_EDIT: (is_ks_lead,),
    CataloguePermission.FOLLOW_UP: (is_ks,),
}
