"""Who may do what with accounts."""

from enum import StrEnum
from typing import Any

from pilot.core.policy import Actor, Role, Rule
from pilot.core.policy.engine import is_ks_lead, is_system, signed_in


class AccountPermission(StrEnum):
    ENTER = "account:enter"  # ask for a link, use one, ask for access: before one is anybody
    OWN_ACCOUNT_EDIT = "account:edit-own"
    PEOPLE_MANAGE = "account:manage"
    ORGANISATION_READ = "organisation:read"  # its people, invitations and details
    ORGANISATION_LEAD = "organisation:lead"  # invite, answer those who ask, end a membership
    REQUESTS_READ = "organisation:requests"
    CONFIRM = "organisation:confirm"  # say that the organisation stands behind something
    OWN_CONFIRM = "organisation:confirm-own"  # of the organisation that is shown
    TOKEN_CREATE = "account:token"  # noqa: S105  # a permission's name, not a secret


def _anyone(_actor: Actor, _subject: Any) -> bool:
    return True


def _belongs(actor: Actor, organisation_id: Any) -> bool:
    return actor.role is not None and organisation_id == actor.organisation_id


def _leads(actor: Actor, organisation_id: Any) -> bool:
    return actor.role is Role.LEAD and organisation_id == actor.organisation_id


def _leads_any(actor: Actor, _subject: Any) -> bool:
    return actor.role is Role.LEAD and actor.organisation_id is not None


#: The subject of the organisation permissions is the organisation's id.
RULES: dict[StrEnum, tuple[Rule, ...]] = {
    AccountPermission.ENTER: (_anyone,),
    AccountPermission.OWN_ACCOUNT_EDIT: (signed_in,),
    AccountPermission.PEOPLE_MANAGE: (is_ks_lead,),
    AccountPermission.ORGANISATION_READ: (is_ks_lead, _belongs),
    AccountPermission.ORGANISATION_LEAD: (is_ks_lead, _leads),
    AccountPermission.REQUESTS_READ: (is_ks_lead, _leads_any),
    AccountPermission.CONFIRM: (_leads_any,),
    AccountPermission.OWN_CONFIRM: (_leads,),
    AccountPermission.TOKEN_CREATE: (is_system,),
}
