"""National identity numbers for tests: valid by their check digits, worked out here by another
route than the product's, and belonging to nobody (the individual numbers 000 of long ago days)."""

from itertools import product

K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]


def is_valid(number: str) -> bool:
    """Both weighted sums, the check digit's own weight being one, divide by eleven."""
    digits = [int(c) for c in number]
    return all(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
        for weights in (K1, K2)
    )


def number(day: int = 1, month: int = 1, year: int = 1, serial: int = 0) -> str:
    """The first valid number for the date, found by trying every pair of check digits."""
    while True:
        start = f"{day:02d}{month:02d}{year:02d}{serial:03d}"
        for last in product("0123456789", repeat=2):
            if is_valid(start + "".join(last)):
                return start + "".join(last)
        serial += 1  # one in eleven has no valid check digits


ORDINARY = number(17, 5, 14)
D_NUMBER = number(17 + 40, 5, 14)
H_NUMBER = number(17, 5 + 40, 14)
TEST_NUMBER = number(17, 5 + 80, 14)
