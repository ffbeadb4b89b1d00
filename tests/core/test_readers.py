"""Statements that are made once: for whom they are, whose they tell of, and of what moment."""

from datetime import timedelta

import pytest

from pilot.core import clock, tallies
from pilot.core.policy import Actor
from pilot.coreteam import panels as coreteam
from pilot.stories import panels as stories
from pilot.stories.rules import StoryState
from tests.support.coreteam import seat, sits
from tests.support.decisions import day
from tests.support.told import told_to


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
