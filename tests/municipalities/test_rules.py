"""Size classes, languages of names and search terms."""

import pytest

from pilot.municipalities.rules import SizeClass, local_names, search_terms, size_of


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (0, SizeClass.TINY),
        (1_999, SizeClass.TINY),
        (2_000, SizeClass.SMALL),
        (4_999, SizeClass.SMALL),
        (5_000, SizeClass.MEDIUM),
        (19_999, SizeClass.MEDIUM),
        (20_000, SizeClass.LARGE),
        (49_999, SizeClass.LARGE),
        (50_000, SizeClass.HUGE),
    ],
)
def test_size_class_starts_at_its_lower_bound(population, size):
    assert size_of(population) is size


def test_each_parallel_name_has_its_own_language():
    names = local_names("Gáivuotna - Kaivuono")
    assert [(n.text, n.lang) for n in names] == [("Gáivuotna", "se"), ("Kaivuono", "fkv")]


def test_south_and_lule_sami_names_are_not_called_northern():
    assert [n.lang for n in local_names("Snåase - Hábmer")] == ["sma", "smj"]


def test_no_other_names_is_no_names():
    assert local_names("") == ()


def test_digits_are_the_beginning_of_a_number_and_words_are_folded():
    assert [term.key for term in search_terms(" 03  ÅLESUND ")] == [" 03", "}lesund"]


def test_a_long_search_is_looked_at_only_in_part():
    assert len(search_terms("a " * 5_000)) == 8
