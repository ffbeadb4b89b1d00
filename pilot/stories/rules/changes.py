"""What differs between two texts, field by field and word by word."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType

from pilot.core.words import Message, say
from pilot.stories.rules.text import StoryText

FIELD_WORDS: MappingProxyType[str, Message] = MappingProxyType(
    {
        "title": say("Tittel"),
        "role": say("Som …"),
        "need": say("ønsker jeg å …"),
        "benefit": say("slik at …"),
        "from_setting": say("Fra tjeneste"),
        "to_setting": say("Til tjeneste"),
        "elements": say("Opplysninger"),
        "solutions": say("Nasjonale løsninger"),
        "frequency": say("Hvor ofte"),
        "patients_per_year": say("Pasienter i året"),
        "consequence": say("Følge i dag"),
        "criteria": say("Akseptansekriterier"),
        "context": say("Bakgrunn"),
        "language": say("Språk"),
    }
)


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


def changed_fields(old: StoryText, new: StoryText) -> tuple[str, ...]:
    return tuple(f for f in FIELD_WORDS if getattr(old, f) != getattr(new, f))


def compare(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    """What differs between two texts as they are shown, field by field, word by word."""
    return tuple(
        Change(name, label, pieces_of(old[name], new[name]), old[name], new[name])
        for name, label in FIELD_WORDS.items()
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
