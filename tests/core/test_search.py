"""Finding words: by their stems, and for those whose keyboard lacks æ, ø and å."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.core.search import QUERY_MAX, TERMS_MOST, names_something, terms, words_of
from pilot.core.text import clean

pytestmark = pytest.mark.one_database


def found(asked: str, written: str) -> set[bool]:
    """Whether a search finds a text: as it is written (False), folded (True), or not at all."""
    words = words_of([written])
    hits = set()
    for term in terms(asked):
        begun = {how for word, how in words.items() if word.startswith(term.key)}
        folded = term.folded and any(w.startswith(term.folded) and how for w, how in words.items())
        if not (begun or folded):
            return set()
        hits.add(min(begun, default=True))
    return hits


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Kommunene trenger svar", "kommune"),
        ("Kommunar treng svar", "kommuner"),
        ("brukerhistoriene", "brukerhistorie"),
        ("Prøvesvar fra sykehuset", "prøvesvar"),
        ("e-resept", "E-RESEPT"),
        ("Aalesund", "Ålesund"),  # aa is å
        ("Ålesund", "aalesund"),
        ("åker og fare", "åker"),
    ],
)
def test_a_word_is_found_as_it_is_written(written, asked):
    assert found(asked, written) == {False}


@pytest.mark.parametrize(
    ("written", "asked"),
    [("åker", "aker"), ("Nærøy", "naeroy"), ("Nærøy", "naroey"), ("Kåfjord", "Kafj")],
)
def test_a_word_is_found_from_a_keyboard_without_its_letters(written, asked):
    assert found(asked, written) == {True}


def test_a_letter_of_our_own_is_not_another():
    assert not found("får", "far")
    assert not found("før", "for")


def test_what_is_written_so_counts_as_such_though_another_word_is_near():
    assert found("aker", "åkeren ved aker") == {False}


@given(st.text())
def test_a_text_is_found_by_its_own_words(text):
    asked = clean(" ".join(text.split()[:TERMS_MOST])[:QUERY_MAX])
    assert found(asked, asked) == {False} or not names_something(asked)


@pytest.mark.parametrize("asked", ["", " ", "?!", "«»", "a", "7", "_", "a ?", "-"])
def test_too_little_is_no_search(asked):
    assert terms(asked) == ()
    assert not names_something(asked)


def test_a_search_has_a_limit():
    assert len(terms("aa b c d e f g h i j k")) == TERMS_MOST
    assert len(terms("x" * 10_000)[0].key) < 100
