"""Numbers and addresses: what is one, and how it is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.accounts.rules import foreign_number, organisation_number

WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    "typed", ["974760673", "974 760 673", " 974.760.673 ", "NO 974 760 673 MVA", "964338531"]
)
def test_numbers_as_people_write_them(typed):
    """974760673 is Brønnøysundregistrene's own number, 964338531 the City of Bergen's."""
    assert organisation_number(typed) == "".join(c for c in typed if c.isdigit())


@pytest.mark.parametrize("typed", ["", "x", "974760674", "97476067", "9747606730", "٩٧٤٧٦٠٦٧٣"])
def test_what_is_no_number(typed):
    assert organisation_number(typed) is None


@given(st.integers(0, 999_999_999))
def test_a_number_is_valid_when_its_weighted_sum_divides_by_eleven(number):
    digits = f"{number:09d}"
    total = sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True))
    assert (organisation_number(digits) == digits) is (total % 11 == 0)


def test_a_foreign_number_is_compared_without_signs():
    assert foreign_number(" se 556016-0680 ") == foreign_number("SE5560160680") == "SE5560160680"
