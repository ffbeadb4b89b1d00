"""References inside a search: people write BH-0042 in many ways."""

import re

_REF = re.compile(r"\bBH[\s-]*0*([1-9][0-9]{0,8})\b", re.IGNORECASE)
#: As the page writes the number of a story, without its letters.
_NUMBER = re.compile(r"[0-9]{4,9}")


def refs_in(query: str) -> tuple[tuple[int, ...], str]:
    """The stories that a search names (BH-0042, bh 42, BH42), and the rest of it."""
    return tuple({int(number): None for number in _REF.findall(query)}), _REF.sub(" ", query)


def number_in(word: str) -> int | None:
    """The story that a bare number may stand for: 0042."""
    return int(word) if _NUMBER.fullmatch(word) else None
