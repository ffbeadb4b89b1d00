"""Readiness: what is answered counts, what is not is a span, and never a 0."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.methods.readiness import (
    Criterion,
    Gate,
    GateState,
    Levels,
    Readiness,
    readiness,
)

CODES = [f"C{n}" for n in range(8)]
weights = st.floats(min_value=0, max_value=1e6) | st.integers(0, 5)
levels = st.none() | st.integers(0, 4)


@st.composite
def sets(draw: st.DrawFn) -> list[Criterion]:
    return [
        Criterion(
            code,
            draw(st.sampled_from(["law", "technology", "users"])),
            draw(weights),
            draw(st.none() | st.integers(0, 4)),
        )
        for code in CODES[: draw(st.integers(1, len(CODES)))]
    ]


answers = st.dictionaries(st.sampled_from(CODES), levels)


def figures(found: Readiness):
    return [found.overall, *sorted(found.dimensions, key=lambda one: one.name)]


# --- by hand ---------------------------------------------------------------------------------


def test_the_mean_is_of_what_is_answered_and_the_span_of_all():
    found = readiness(
        [Criterion("A", "law", 3), Criterion("B", "law", 1), Criterion("C", "users", 4)],
        {"A": 4, "B": 2, "C": None},
    )
    assert found.overall.value == (3 * 4 + 1 * 2) / 4
    assert found.overall.low == (3 * 4 + 1 * 2) / 8
    assert found.overall.high == (3 * 4 + 1 * 2 + 4 * 4) / 8
    assert found.overall.completeness == 0.5
    assert not found.overall.is_enough
    law, users = found.dimensions
    assert (law.name, law.value, law.low, law.high, law.completeness) == ("law", 3.5, 3.5, 3.5, 1.0)
    assert (users.value, users.low, users.high, users.completeness) == (None, 0.0, 4.0, 0.0)


@pytest.mark.parametrize(
    ("level", "state"),
    [(None, GateState.UNKNOWN), (1, GateState.UNMET), (2, GateState.MET), (4, GateState.MET)],
)
def test_a_minimum_requirement_stands_at_its_criterion_whatever_its_weight(level, state):
    found = readiness([Criterion("A", "law", 0, gate=2), Criterion("B", "law", 1)], {"A": level})
    assert found.gates == (Gate("A", 2, state),)


def test_eighty_per_cent_is_enough():
    criteria = [Criterion("A", "law", 4), Criterion("B", "law", 1)]
    assert readiness(criteria, {"A": 0}).overall.is_enough
    assert not readiness(criteria, {"B": 4}).overall.is_enough


def test_nothing_is_known_where_nothing_has_weight():
    for criteria in ([], [Criterion("A", "law", 0)]):
        found = readiness(criteria, {"A": 3}).overall
        assert (found.value, found.low, found.high, found.completeness) == (None, 0.0, 4.0, 0.0)


# --- always ----------------------------------------------------------------------------------


@given(sets(), answers)
def test_the_mean_lies_within_the_span_and_all_within_the_scale(criteria, given_levels):
    for figure in figures(readiness(criteria, given_levels)):
        assert 0 <= figure.low <= figure.high <= 4
        assert 0 <= figure.completeness <= 1
        assert (figure.value is None) is (figure.completeness == 0)
        if figure.value is not None:
            assert 0 <= figure.value <= 4


@given(sets(), answers, st.randoms())
def test_the_order_of_criteria_changes_nothing(criteria, given_levels, random):
    shuffled = list(criteria)
    random.shuffle(shuffled)
    one, other = readiness(criteria, given_levels), readiness(shuffled, given_levels)
    assert figures(one) == figures(other)
    assert set(one.gates) == set(other.gates)


@given(sets(), answers, st.sampled_from(CODES))
def test_a_higher_level_never_gives_less(criteria, given_levels, code):
    rising = [readiness(criteria, given_levels | {code: level}) for level in range(5)]
    for less, more in pairwise(rising):
        for before, after in zip(figures(less), figures(more), strict=True):
            assert before.low <= after.low
            assert before.high <= after.high
            assert before.value is None or before.value <= after.value
            assert before.completeness == after.completeness
        order = [GateState.UNMET, GateState.MET]
        for was, now in zip(less.gates, more.gates, strict=True):
            if was.code == code:
                assert order.index(was.state) <= order.index(now.state)


@given(sets(), answers, st.sampled_from(CODES), st.integers(0, 4))
def test_one_more_answer_never_widens_the_span(criteria, given_levels, code, level):
    unanswered: Levels = given_levels | {code: None}
    before, after = readiness(criteria, unanswered), readiness(criteria, unanswered | {code: level})
    for was, now in zip(figures(before), figures(after), strict=True):
        assert was.low <= now.low
        assert now.high <= was.high
        assert was.completeness <= now.completeness


@given(sets(), answers, st.integers(0, 7))
def test_a_weight_of_nothing_drops_a_criterion_from_means_and_not_its_requirement(
    criteria, given_levels, at
):
    at %= len(criteria)
    rest = criteria[:at] + criteria[at + 1 :]
    weightless = [*criteria[:at], replace(criteria[at], weight=0), *criteria[at + 1 :]]
    without, found = readiness(rest, given_levels), readiness(weightless, given_levels)
    assert found.overall == without.overall
    assert [g.code for g in found.gates] == [c.code for c in criteria if c.gate is not None]
    assert {g for g in found.gates if g.code != criteria[at].code} == set(without.gates)


@given(sets(), answers)
def test_what_is_not_assessed_never_counts_as_nothing(criteria, given_levels):
    answered = [c for c in criteria if given_levels.get(c.code) is not None]
    assert (
        readiness(criteria, given_levels).overall.value
        == readiness(answered, given_levels).overall.value
    )
