"""Text that people write: cleaned, guarded against identity numbers, and sorted as Norwegian is."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilot.core.text import clean, holds_identity_number, sort_key
from tests.support import identity

pytestmark = pytest.mark.one_database
KINDS = [identity.ORDINARY, identity.D_NUMBER, identity.H_NUMBER, identity.TEST_NUMBER]
HIDINGS = [
    "{0}{1}",
    "{0} {1}",
    "{0}-{1}",
    "{0}.{1}",
    "{0}\u00a0{1}",
    "{0}\u2009{1}",
    "{0} – {1}",
    "Ring fru Hansen ({0} {1}) i morgen",
    "nr{0}{1}.",
    "1 {0}{1}",
    "se{0}\n{1}",
]


# --- identity numbers ----------------------------------------------------------------------------


def test_the_support_makes_numbers_that_are_valid_by_the_published_rule():
    """A synthetic number (month + 80), as the test register hands out, and one digit wrong."""
    assert identity.is_valid("17912099997")
    assert not identity.is_valid("17912099998")
    assert all(identity.is_valid(number) for number in KINDS)


@pytest.mark.parametrize("number", KINDS)
@pytest.mark.parametrize("hiding", HIDINGS)
def test_identity_numbers_are_found(number, hiding):
    assert holds_identity_number(hiding.format(number[:6], number[6:]))


@pytest.mark.parametrize("number", KINDS)
def test_also_with_a_space_between_every_digit_or_as_a_date(number):
    assert holds_identity_number(" ".join(number))
    day, month, year, rest = number[:2], number[2:4], number[4:6], number[6:]
    assert holds_identity_number(f"{day}.{month}.{year} {rest}")
    assert holds_identity_number(f"{day} {month} {year} {rest[:3]} {rest[3:]}")


def test_also_in_full_width_digits():
    wide = "".join(chr(ord("０") + int(c)) for c in identity.ORDINARY)
    assert holds_identity_number(f"nummer {wide}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring 22 22 22 22",
        "Oslo har 717 710 innbyggere, og 12345678901 er ikke et nummer",
        "Organisasjonsnummer 958 935 420",
        "Konto 1234.56.78903",
        "2026-11-18 09.12.33",
        identity.ORDINARY[:-1],
        "00000000000",
        "11111111111",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not holds_identity_number(text)


@given(st.integers(0, 99_999_999_999).map(lambda n: f"{n:011d}"))
@example(identity.ORDINARY)
@example(identity.D_NUMBER)
def test_a_number_is_found_exactly_when_its_date_and_check_digits_are_right(number):
    day, month = int(number[:2]), int(number[2:4])
    has_date = (1 <= day <= 31 or 41 <= day <= 71) and any(
        1 <= month - shift <= 12 for shift in (0, 40, 65, 80)
    )
    assert holds_identity_number(number) == (has_date and identity.is_valid(number))


def test_a_long_text_of_digits_takes_linear_time(linear):
    linear(lambda n: holds_identity_number("1 " * n), 5_000, 20_000)


# --- cleaning ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (None, ""),
        ("  Hei \n", "Hei"),
        ("en\r\nto\rtre", "en\nto\ntre"),
        ("nul\x00byte", "nulbyte"),
        ("A\u030arhus", "Århus"),
        ("tab\tbeholdes", "tab\tbeholdes"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_cleaning(typed, stored):
    assert clean(typed) == stored


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert "\x00" not in clean(text)


# --- order ---------------------------------------------------------------------------------------

IN_ORDER = [
    "Alta",
    "Čáhcesuolu",  # č as c
    "Đeanu",  # đ as d
    "Drammen",
    "Oslo",
    "Ørland",
    "Øygarden",
    "Ål",
    "Aalesund",  # aa as å
    "Åseral",
]


def test_names_sort_as_norwegian_does():
    assert sorted(Random(1).sample(IN_ORDER, len(IN_ORDER)), key=sort_key) == IN_ORDER


@pytest.mark.parametrize(("first", "then"), [("Zz", "Ær"), ("Ær", "Ør"), ("Ør", "År"), ("b", "C")])
def test_the_last_letters(first, then):
    assert sort_key(first) < sort_key(then)


def test_double_a_is_a_ring():
    assert sort_key("Aal") == sort_key("Ål")
