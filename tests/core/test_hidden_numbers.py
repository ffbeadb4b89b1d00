"""Identity numbers, however they are written; and what only looks a little like them."""

import pytest

from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.core.policy.zones import Zone, reach
from pilot.core.text import holds_identity_number
from tests.support.identity import ORDINARY as NUMBER

GAPS = ["\u200c", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u180e", "\ufe0f", "\u3164", "    "]
SIGNS = ["\u2212", "·", "_", ",", ":", "|", "****", "\\", "\n"]


@pytest.mark.parametrize("gap", GAPS + SIGNS)
def test_nothing_between_the_digits_hides_them(gap: str) -> None:
    assert holds_identity_number(f"Gjelder {NUMBER[:6]}{gap}{NUMBER[6:]} her")
    assert holds_identity_number(gap.join(NUMBER))


def test_digits_of_other_kinds_are_digits() -> None:
    assert holds_identity_number("".join(f"&#{ord(d)};" for d in NUMBER))
    assert holds_identity_number("".join(chr(0xFF10 + int(d)) for d in NUMBER))
    assert holds_identity_number("".join(f"{d}\u0301" for d in NUMBER))


def test_other_numbers_are_let_through() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    assert not holds_identity_number(wrong)
    assert not holds_identity_number("12 345 678 innbyggere, 2 600 pasienter i 2026")


def test_one_employed_for_a_vendor_is_not_inside_at_ks_either() -> None:
    lead = Actor(person_id=1, organisation_id=1, kind=OrganisationKind.KS, role=Role.LEAD)
    tied = Actor(
        person_id=1,
        organisation_id=1,
        kind=OrganisationKind.KS,
        role=Role.LEAD,
        vendor_ties=frozenset({2}),
    )
    assert Zone.INTERNAL in reach(lead).whole
    assert reach(tied).whole == {Zone.PUBLIC, Zone.PARTIES}
    assert not tied.is_ks
