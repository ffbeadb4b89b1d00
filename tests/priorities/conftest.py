"""Lists for the tests of the priority list."""

import pytest

from tests.support.priorities import Ranked, Ranking


@pytest.fixture
def ranking(world, ks, steering) -> Ranking:
    return Ranking(world, ks.actor, steering.actor)


@pytest.fixture
def refs(ranking: Ranking) -> list[str]:
    """Five published stories."""
    return ranking.stories(5)


@pytest.fixture
def ranked(ranking: Ranking, refs: list[str]) -> Ranked:
    """A list in work with the five of them."""
    return ranking.started(refs)
