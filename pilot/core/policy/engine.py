"""Who may do what: one table, collected from the slices, asked by every service function."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pilot.core.errors import Forbidden
from pilot.core.policy.actor import Actor
from pilot.core.words import say

#: A rule sees the actor and, where there is one, the row it concerns. The table knows no slice.
Rule = Callable[[Actor, Any], bool]

#: A permission is granted when any one of its rules holds. No entry, no access.
RULES: dict[StrEnum, tuple[Rule, ...]] = {}


def grant(rules: dict[StrEnum, tuple[Rule, ...]]) -> None:
    """Add a slice's table; a permission is defined in one place only."""
    for permission, who in rules.items():
        if RULES.setdefault(permission, who) is not who:
            raise ValueError(f"{permission} is defined twice")


def allows(actor: Actor, permission: StrEnum, subject: Any = None) -> bool:
    return any(rule(actor, subject) for rule in RULES.get(permission, ()))


def require(actor: Actor, permission: StrEnum, subject: Any = None) -> None:
    if not allows(actor, permission, subject):
        raise Forbidden(say("Du har ikke tilgang til å gjøre dette."))


# --- rules that several slices share ----------------------------------------------------------


def signed_in(actor: Actor, _subject: Any) -> bool:
    return not actor.is_guest


def is_ks(actor: Actor, _subject: Any) -> bool:
    return actor.is_ks


def is_ks_lead(actor: Actor, _subject: Any) -> bool:
    return actor.is_ks_lead


def is_system(actor: Actor, _subject: Any) -> bool:
    return actor.is_system
