"""Statements that are made once: for whom they are, whose they tell of, and of what moment."""

from contextlib import suppress
from datetime import timedelta
from enum import StrEnum

import pytest

from pilot.accounts.permissions import AccountPermission
from pilot.core import clock, tallies
from pilot.core.policy import Actor, allows
from pilot.core.policy.engine import RULES
from pilot.core.policy.zones import reach
from pilot.core.readers import likeness
from pilot.coreteam import panels as coreteam
from pilot.stories import panels as stories
from pilot.stories.rules import StoryState
from tests.access.conftest import crowd
from tests.support.coreteam import seat, sits
from tests.support.decisions import day
from tests.support.people import Person
from tests.support.told import told_to

__all__ = ["crowd"]  # the fixture
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


def test_it_tells_each_reader_of_what_is_theirs(world, municipality, neighbour):
    world.story(state=StoryState.DRAFT)
    assert len(told_to(municipality.actor, stories.NEEDS)) == 1
    made = tallies._numbers.cache_info().misses
    assert told_to(neighbour.actor, stories.NEEDS) == []
    assert len(told_to(municipality.actor, stories.NEEDS)) == 1
    assert tallies._numbers.cache_info().misses == made


@pytest.mark.parametrize("later", [0, 2])
def test_it_tells_of_the_day_it_is_sent(world, monkeypatch, later):
    sits(seat().id, world.member(world.municipality()), day(-1), day(1))
    now = clock.now() + timedelta(days=later)
    monkeypatch.setattr(clock, "now", lambda: now)
    [figure] = told_to(Actor(), coreteam.FIGURES)
    assert figure.number == (0 if later else 1)
