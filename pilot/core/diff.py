"""What differs between two texts, field by field and word by word."""

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pilot.core.words import Message


@dataclass(frozen=True)
class Piece:
    """A run of words in a comparison: kept, added or removed."""

    kind: str  # "same", "added", "removed"
    text: str


@dataclass(frozen=True)
class Change:
    field: str
    label: Message
    pieces: tuple[Piece, ...]
    old: str
    new: str


def compare(
    words: Mapping[str, Message], old: Mapping[str, str], new: Mapping[str, str]
) -> tuple[Change, ...]:
    """What differs between two texts as they are shown; `words` names their fields, in order."""
    return tuple(
        Change(name, label, pieces_of(old[name], new[name]), old[name], new[name])
        for name, label in words.items()
        if old[name] != new[name]
    )


_TOKEN = re.compile(r"\w+[^\S\n]*|[^\w\s][^\S\n]*|\s+")
#: How many pairs of equal words two texts may have. The comparison can take as many steps for each
#: word; texts with more are shown as replaced whole, so that nobody can make a page that hangs.
_PAIRS_MOST = 20_000


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    counts = Counter(after)
    if sum(counts[word] for word in before) > _PAIRS_MOST:
        return (Piece("removed", old), Piece("added", new))
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[a1:a2])))
            continue
        if a2 > a1:
            found.append(Piece("removed", "".join(before[a1:a2])))
        if b2 > b1:
            found.append(Piece("added", "".join(after[b1:b2])))
    return tuple(found)
