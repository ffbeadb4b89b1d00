"""Rounds for the tests of candidates."""

import pytest

from tests.support.candidates import Rounds, Run


@pytest.fixture
def rounds(ks) -> Rounds:
    return Rounds(ks.actor)


@pytest.fixture
def run(rounds: Rounds) -> Run:
    """An open round."""
    return rounds.open()
