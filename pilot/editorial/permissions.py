"""Who may write pages and notices. Which notices one may know of is the zones' matter."""

from enum import StrEnum

from pilot.core.policy import Rule
from pilot.core.policy.engine import is_ks, is_ks_lead


class EditorialPermission(StrEnum):
    DRAFTS = "editorial:drafts"  # read what is not published, and the versions
    PAGE_EDIT = "page:edit"
    NOTICE_EDIT = "notice:edit"


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    EditorialPermission.DRAFTS: (is_ks,),
    EditorialPermission.PAGE_EDIT: (is_ks_lead,),
    EditorialPermission.NOTICE_EDIT: (is_ks_lead,),
}
