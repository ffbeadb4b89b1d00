"""Who may do what with accounts."""

from enum import StrEnum

from pilot.core.policy import Rule
from pilot.core.policy.engine import is_ks_lead, is_system, signed_in


class AccountPermission(StrEnum):
    OWN_ACCOUNT_EDIT = "account:edit-own"
    PEOPLE_MANAGE = "account:manage"
    TOKEN_CREATE = "account:token"  # noqa: S105  # a permission's name, not a secret


RULES: dict[StrEnum, tuple[Rule, ...]] = {
    AccountPermission.OWN_ACCOUNT_EDIT: (signed_in,),
    AccountPermission.PEOPLE_MANAGE: (is_ks_lead,),
    AccountPermission.TOKEN_CREATE: (is_system,),
}
