"""A statement made once for all who read alike is made for one who may see just the same."""

from contextlib import suppress
from enum import StrEnum

from pilot.accounts.permissions import AccountPermission
from pilot.core.policy import Actor, allows
from pilot.core.policy.engine import RULES
from pilot.core.policy.zones import reach
from pilot.core.readers import likeness
from tests.support.people import Person

A = AccountPermission
#: Asked of one organisation, never of none.
OF_ONE = {A.ORGANISATION_READ, A.ORGANISATION_LEAD, A.OWN_CONFIRM}


def granted(actor: Actor) -> set[StrEnum]:
    """What someone may do without anything in particular to do it to."""
    found = set()
    for permission in RULES.keys() - OF_ONE:
        with suppress(AttributeError):  # it is asked of a row
            found |= {permission} if allows(actor, permission) else set()
    return found


def test_one_who_is_alike_may_see_just_the_same(crowd):
    """Else a statement would be made for another kind of reader than the one it is sent for."""
    for actor in (Actor(), *(one.actor for one in crowd.values() if isinstance(one, Person))):
        alike = likeness(actor).reader()
        assert reach(alike) == reach(actor)
        for name in ("is_guest", "is_ks", "is_ks_lead"):
            assert getattr(alike, name) == getattr(actor, name)
        assert granted(alike) == granted(actor)
