"""What a story says: its parts, their limits, and what must be mended."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pilot.core.text import TABLE_TOO_LARGE, has_words, holds_large_table
from pilot.core.words import Message, say

TITLE_MAX = 120
LINE_MAX = 200
SENTENCE_MAX = 1_000
CONSEQUENCE_MAX = 4_000
CONTEXT_MAX = 20_000
REASON_MAX = 2_000
ROWS_MAX = 20
LANGUAGES = ("nb", "nn")  # what a story may be written in
PER_DAY = 100  # stories an organisation may add in a day
PATIENTS_MAX = 6_000_000  # more than live in the country
FEW_PATIENTS = 10  # fewer are shown as «under 10»


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    RARER = "rarer"


class LegalClearance(StrEnum):
    NOT_ASSESSED = "not_assessed"
    CLEARED = "cleared"
    NEEDS_CLARIFICATION = "needs_clarification"
    NOT_POSSIBLE_TODAY = "not_possible_today"


class SolutionLink(StrEnum):
    """How a national solution meets a need; None beside it means wished for, not yet judged."""

    REUSE = "reuse"
    EXTEND = "extend"
    MISSING = "missing"


FREQUENCY_WORDS: MappingProxyType[Frequency, Message] = MappingProxyType(
    {
        Frequency.DAILY: say("Daglig"),
        Frequency.WEEKLY: say("Ukentlig"),
        Frequency.MONTHLY: say("Månedlig"),
        Frequency.RARER: say("Sjeldnere"),
    }
)

# --- references ------------------------------------------------------------------------------

_REF = re.compile(r"BH-([0-9]{4,9})", re.IGNORECASE)


def ref_of(story_id: int) -> str:
    return f"BH-{story_id:04d}"


def id_of(ref: str) -> int | None:
    found = _REF.fullmatch(ref)
    return int(found[1]) if found else None


# --- the text --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StoryText:
    """What a story says; a version is one of these, frozen."""

    title: str = ""
    role: str = ""
    need: str = ""
    benefit: str = ""
    context: str = ""
    criteria: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    solutions: tuple[str, ...] = ()  # keys of the national solutions that are wished for
    from_setting: str | None = None
    to_setting: str | None = None
    frequency: Frequency | None = None
    patients_per_year: int | None = None
    consequence: str = ""
    language: str = "nb"

    @property
    def need_has_its_word(self) -> bool:
        """Whether the need begins with the word that else is put before it: «at …», «å …»."""
        return self.need.lower().startswith(("at ", "å "))

    def dump(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def load(cls, body: dict[str, Any]) -> "StoryText":
        """A text from a stored version; fields that came later keep their default."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in body.items() if k in known
        }
        if values.get("frequency"):
            values["frequency"] = Frequency(values["frequency"])
        return cls(**values)


def tidy(text: StoryText) -> StoryText:
    """The same text with its solutions in order, each once, so that two can be compared."""
    return replace(text, solutions=tuple(sorted(set(text.solutions))))


REQUIRED: MappingProxyType[str, Message] = MappingProxyType(
    {
        "title": say("Skriv en tittel."),
        "role": say("Skriv hvem som har behovet."),
        "need": say("Skriv hva behovet er."),
        "benefit": say("Skriv hva som blir bedre."),
    }
)
LIMITS: MappingProxyType[str, int] = MappingProxyType(
    {
        "title": TITLE_MAX,
        "role": LINE_MAX,
        "need": SENTENCE_MAX,
        "benefit": SENTENCE_MAX,
        "context": CONTEXT_MAX,
        "consequence": CONSEQUENCE_MAX,
    }
)
NO_WORDS: Message = say("Skriv noe som kan leses, med bokstaver eller tall.")
TOO_MANY_ROWS: Message = say("Du kan ha inntil %(most)d rader. Slå sammen noen.", most=ROWS_MAX)


def faults(text: StoryText, *, submit: bool) -> list[tuple[str, Message]]:
    """Every field that must be mended before the text is stored, with what to do.

    Only title, role, need and benefit are demanded, and only to submit.
    """
    found = [(name, m) for name, m in REQUIRED.items() if submit and not getattr(text, name)]
    found += [
        (n, NO_WORDS) for n in REQUIRED if getattr(text, n) and not has_words(getattr(text, n))
    ]
    if not submit and text == StoryText(language=text.language):
        found.append(("title", say("Skriv noe før du lagrer.")))
    for name, most in LIMITS.items():
        length = len(getattr(text, name))
        if length > most:
            found.append((name, too_long(length, most)))
    if holds_large_table(text.context):
        found.append(("context", TABLE_TOO_LARGE))
    for name, most in (("criteria", SENTENCE_MAX), ("elements", LINE_MAX)):
        found += [(name, fault) for fault in _row_faults(getattr(text, name), most)]
    if text.patients_per_year is not None and not 0 <= text.patients_per_year <= PATIENTS_MAX:
        found.append(("patients_per_year", say("Skriv et tall fra 0 til 6 000 000.")))
    return found


def _row_faults(rows: tuple[str, ...], most: int) -> Iterable[Message]:
    if len(rows) > ROWS_MAX:
        yield TOO_MANY_ROWS
    yield from (too_long(len(row), most) for row in rows if len(row) > most)


def too_long(length: int, most: int) -> Message:
    return say(
        "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
        length=length,
        most=most,
    )
