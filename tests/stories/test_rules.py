"""States, zones, limits, references and differences: plain rules."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.core.policy import Zone
from pilot.core.words import labels
from pilot.stories.rules import (
    CONTEXT_MAX,
    FIELD_WORDS,
    LIMITS,
    MOVE_WORDS,
    MOVES,
    PUBLISHED,
    ROWS_MAX,
    SENTENCE_MAX,
    LegalClearance,
    StoryState,
    StoryText,
    changed_fields,
    compare,
    faults,
    id_of,
    may_move,
    pieces_of,
    ref_of,
    zone_of,
)

FULL = StoryText(title="Tittel", role="rolle", need="behov", benefit="nytte")

#: DOMAIN.md and the issue, step by step: from, to, who takes it, and whether a reason is owed.
STEPS = {
    ("draft", "submitted", "owner", False),
    ("returned", "submitted", "owner", False),
    ("draft", "withdrawn", "owner", False),
    ("submitted", "withdrawn", "owner", False),
    ("in_review", "withdrawn", "owner", False),
    ("returned", "withdrawn", "owner", False),
    ("withdrawn", "draft", "owner", False),
    ("submitted", "in_review", "ks", False),
    ("rejected", "in_review", "ks", False),
    ("submitted", "ready", "ks", False),
    ("in_review", "ready", "ks", False),
    ("submitted", "returned", "ks", True),
    ("in_review", "returned", "ks", True),
    ("ready", "returned", "ks", True),
    ("submitted", "rejected", "ks", True),
    ("in_review", "rejected", "ks", True),
    ("ready", "rejected", "ks", True),
}


# --- states ----------------------------------------------------------------------------------


def test_the_steps_are_exactly_these():
    found = {
        (source.value, to.value, "owner" if way.by_owner else "ks", way.needs_reason)
        for to, way in MOVES.items()
        for source in way.sources
    }
    assert found == STEPS


@pytest.mark.parametrize("state", StoryState)
@pytest.mark.parametrize("to", StoryState)
def test_nothing_published_is_moved_and_nothing_else_but_the_steps(state, to):
    named = {(source, target) for source, target, _who, _reason in STEPS}
    assert may_move(state, to, is_published=False) == ((state.value, to.value) in named)
    assert not may_move(state, to, is_published=True)


def test_the_codes_are_those_of_the_labels():
    """`data/states.csv` is the authority for codes."""
    codes = {s.value for s in StoryState} | {PUBLISHED}
    assert codes == {code for thing, code in labels() if thing == "story"}
    clearances = {code for thing, code in labels() if thing == "legal_clearance"}
    assert {c.value for c in LegalClearance} == clearances


def test_every_step_has_words_and_every_field_a_name():
    assert MOVE_WORDS.keys() == MOVES.keys()
    assert FIELD_WORDS.keys() == {f.name for f in fields(StoryText)}


@pytest.mark.parametrize("state", StoryState)
def test_zones(state):
    resting = state in (StoryState.DRAFT, StoryState.WITHDRAWN)
    assert zone_of(state, is_published=False) is (Zone.OWN if resting else Zone.PUBLIC_SIDE)
    assert zone_of(state, is_published=True) is Zone.PUBLIC


# --- limits ----------------------------------------------------------------------------------


def found(text: StoryText, *, submit: bool = True) -> list[str]:
    return [name for name, _ in faults(text, submit=submit)]


@pytest.mark.parametrize("field", ["title", "role", "need", "benefit"])
def test_four_fields_are_demanded_and_only_to_submit(field):
    text = replace(FULL, **{field: ""})
    assert found(text) == [field]
    assert found(text, submit=False) == []
    assert found(FULL) == []


def test_a_draft_says_something():
    assert found(StoryText(), submit=False) == ["title"]
    assert found(StoryText(language="nn"), submit=False) == ["title"]
    assert found(StoryText(elements=("legemidler",)), submit=False) == []


@pytest.mark.parametrize(("field", "most"), LIMITS.items())
def test_limits_hold_to_the_letter(field, most):
    assert found(replace(FULL, **{field: "å" * most})) == []
    [(name, message)] = faults(replace(FULL, **{field: "å" * (most + 1)}), submit=False)
    assert name == field
    assert str(most + 1) in str(message)
    assert str(most) in str(message)


def test_rows_have_limits_too():
    assert found(replace(FULL, criteria=("x",) * ROWS_MAX)) == []
    assert found(replace(FULL, criteria=("x",) * (ROWS_MAX + 1))) == ["criteria"]
    assert found(replace(FULL, criteria=("x" * (SENTENCE_MAX + 1),))) == ["criteria"]
    assert found(replace(FULL, elements=("x" * 201,))) == ["elements"]


@pytest.mark.parametrize(("count", "is_fine"), [(0, True), (6_000_000, True), (-1, False)])
def test_patients(count, is_fine):
    assert (found(replace(FULL, patients_per_year=count)) == []) is is_fine


def test_a_very_long_text_is_refused_and_not_cut():
    assert found(replace(FULL, context="x" * 200_000)) == ["context"]
    assert CONTEXT_MAX == 20_000


# --- references ------------------------------------------------------------------------------


@given(st.integers(1, 999_999_999))
def test_a_reference_leads_back(number):
    assert id_of(ref_of(number)) == number
    assert id_of(ref_of(number).lower()) == number


@pytest.mark.parametrize(
    "typed", ["", "42", "BH-", "BH-42", "BH-0042x", "BH-0042\0", "BH-" + "9" * 10, "XX-0042"]
)
def test_other_words_are_no_reference(typed):
    assert id_of(typed) is None


# --- differences -----------------------------------------------------------------------------

prose = st.lists(
    st.sampled_from(
        ["se", "prøvesvar", "12,5", " ", "\n", "«", ".", "æ", "  ", "\u00a0", "-", "🙂"]
    ),
    max_size=40,
).map("".join) | st.text(max_size=60)


@given(prose, prose)
def test_the_pieces_make_both_texts(old, new):
    pieces = pieces_of(old, new)
    assert "".join(p.text for p in pieces if p.kind in ("same", "removed")) == old
    assert "".join(p.text for p in pieces if p.kind in ("same", "added")) == new
    assert all(p.text for p in pieces) or not (old or new)


@given(prose)
def test_a_text_does_not_differ_from_itself(text):
    assert {p.kind for p in pieces_of(text, text)} <= {"same"}


def test_what_is_common_is_kept():
    kinds = [(p.kind, p.text) for p in pieces_of("se prøvesvar i dag", "se prøvesvar nå")]
    assert kinds[0] == ("same", "se prøvesvar ")


def test_a_very_long_text_is_compared_quickly():
    old, new = "a b " * 5_000, "b a " * 5_000
    assert [p.kind for p in pieces_of(old, new)] == ["removed", "added"]


texts = st.builds(
    StoryText,
    title=prose,
    need=prose,
    criteria=st.lists(prose, max_size=3).map(tuple),
    patients_per_year=st.none() | st.integers(0, 100),
)


@given(texts)
def test_a_version_is_read_back_as_it_was_written(text):
    assert StoryText.load(text.dump()) == text


@given(texts, texts)
def test_changed_fields_are_those_that_differ(old, new):
    changed = set(changed_fields(old, new))
    assert replace(old, **{name: getattr(new, name) for name in changed}) == new
    assert all(getattr(old, name) != getattr(new, name) for name in changed)


def test_a_version_from_before_a_field_existed_is_still_read():
    body = {k: v for k, v in FULL.dump().items() if k != "consequence"} | {"gone": "x"}
    assert StoryText.load(body) == FULL


def test_only_what_differs_is_compared():
    shown = dict.fromkeys(FIELD_WORDS, "")
    changes = compare(shown, shown | {"need": "nytt"})
    assert [change.field for change in changes] == ["need"]
