"""Who is acting, what they may do, and which rows they may see."""

from pilot.core.policy.actor import Actor, OrganisationKind, Programme, Role
from pilot.core.policy.engine import Rule, allows, grant, require
from pilot.core.policy.zones import Zone

__all__ = [
    "Actor",
    "OrganisationKind",
    "Programme",
    "Role",
    "Rule",
    "Zone",
    "allows",
    "grant",
    "require",
]
