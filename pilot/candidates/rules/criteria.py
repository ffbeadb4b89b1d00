"""Criteria sets: what is asked, how it is weighed, and what must be mended before it is published.

Texts are in bokmål and nynorsk, and English readers get the bokmål: what a municipality answers
must be the same question in whatever language its page is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Literal

from pilot.candidates.rules.texts import too_long
from pilot.core.words import Message, say
from pilot.methods.readiness import HIGHEST, LOWEST, Criterion

TITLE_MAX = 80
QUESTION_MAX = 300
PROSE_MAX = 600
LEVEL_MAX = 300
WEIGHT_MOST = 10
CODE = re.compile(r"[A-ZÆØÅ]{1,3}[1-9][0-9]?")
LEVELS = range(LOWEST, HIGHEST + 1)
#: The languages that questions are written in.
Tongue = Literal["nb", "nn"]
TONGUES: tuple[Tongue, ...] = ("nb", "nn")


class Dimension(StrEnum):
    """The seven groups of criteria, in the order they are asked."""

    ANCHORING = "anchoring"
    LAW = "law"
    TECHNOLOGY = "technology"
    ORGANISATION = "organisation"
    USERS = "users"
    PARTNERS = "partners"
    FINANCES = "finances"


class SetState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


def tongue_of(locale: str) -> Tongue:
    return "nn" if locale == "nn" else "nb"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one criterion asks in one language; `levels` has a text for each level, 0 first."""

    title: str = ""
    question: str = ""
    good: str = ""
    levels: tuple[str, ...] = ("",) * len(LEVELS)
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class CriterionText:
    """A criterion as KS writes it; `gate` is the least level that a candidate must have."""

    code: str = ""
    dimension: Dimension | None = None
    weight: int | None = 1
    gate: int | None = None
    nb: Asked = Asked()
    nn: Asked = Asked()

    def asked(self, locale: str) -> Asked:
        return self.nn if tongue_of(locale) == "nn" else self.nb

    @property
    def weighed(self) -> Criterion:
        """What the arithmetic needs to know."""
        return Criterion(self.code, str(self.dimension), self.weight or 0, self.gate)


@dataclass(frozen=True, kw_only=True)
class QuickText:
    """A question that is answered yes, partly or no, and what a municipality lacks that says no."""

    question: str = ""
    missing: str = ""


@dataclass(frozen=True, kw_only=True)
class Quick:
    """The quick check's one question for a dimension."""

    dimension: Dimension
    nb: QuickText = QuickText()
    nn: QuickText = QuickText()

    def of(self, locale: str) -> QuickText:
        return self.nn if tongue_of(locale) == "nn" else self.nb


#: What one language asks, as `CriterionText` and the tables name it.
ASKED = tuple(one.name for one in fields(Asked))
MOST: tuple[tuple[str, int], ...] = (
    ("title", TITLE_MAX),
    ("question", QUESTION_MAX),
    ("good", PROSE_MAX),
    ("evidence", PROSE_MAX),
)
ASK: Mapping[str, Message] = {
    "title": say("Skriv hva kriteriet heter."),
    "question": say("Skriv spørsmålet kommunen skal svare på."),
    "good": say("Skriv hva som kjennetegner god praksis."),
    "evidence": say("Skriv hva slags dokumentasjon dere ønsker."),
}


def criterion_faults(text: CriterionText) -> Iterator[tuple[str, Message]]:
    """Every field of a draft that must be mended before it is stored; a draft may lack texts."""
    if not CODE.fullmatch(text.code):
        yield "code", say("Skriv én til tre store bokstaver og et tall, for eksempel «T2».")
    if text.dimension is None:
        yield "dimension", say("Velg en dimensjon.")
    if text.weight is None or not 0 <= text.weight <= WEIGHT_MOST:
        yield "weight", say("Skriv en vekt fra 0 til %(most)d.", most=WEIGHT_MOST)
    if text.gate is not None and text.gate not in LEVELS[1:]:
        yield "gate", say("Velg et nivå fra 1 til 4, eller ingen minstekrav.")
    if not text.nb.title:
        yield "nb_title", ASK["title"]
    for tongue in TONGUES:
        yield from _lengths(tongue, text.asked(tongue))


def _lengths(tongue: Tongue, asked: Asked) -> Iterator[tuple[str, Message]]:
    for name, most in MOST:
        yield from too_long(f"{tongue}_{name}", getattr(asked, name), most)
    for level, words in zip(LEVELS, asked.levels, strict=True):
        yield from too_long(f"{tongue}_level_{level}", words, LEVEL_MAX)


def quick_faults(quick: Quick) -> Iterator[tuple[str, Message]]:
    for tongue in TONGUES:
        asked = quick.of(tongue)
        yield from too_long(f"{tongue}_question", asked.question, QUESTION_MAX)
        yield from too_long(f"{tongue}_missing", asked.missing, PROSE_MAX)


def lacks(text: CriterionText) -> Iterator[tuple[str, Message]]:
    """What must be written before the set that holds this criterion is published."""
    for tongue in TONGUES:
        asked = text.asked(tongue)
        for name, words in ASK.items():
            if not getattr(asked, name):
                yield f"{tongue}_{name}", words
        for level, written in zip(LEVELS, asked.levels, strict=True):
            if not written:
                words = say("Skriv hva nivå %(level)d betyr.", level=level)
                yield f"{tongue}_level_{level}", words


class Change(StrEnum):
    """What became of a criterion from one version to the next."""

    SAME = "same"
    WEIGHED = "weighed"  # other weight, minimum requirement or dimension: answers still hold
    REWORDED = "reworded"  # asks something else: it must be answered again
    ADDED = "added"
    REMOVED = "removed"


CHANGE_WORDS: Mapping[Change, Message] = {
    Change.SAME: say("Uendret"),
    Change.WEIGHED: say("Ny vekt eller nytt minstekrav"),
    Change.REWORDED: say("Ny tekst"),
    Change.ADDED: say("Nytt"),
    Change.REMOVED: say("Fjernet"),
}
#: Answers given to these stand in the next version too.
CARRIED = frozenset({Change.SAME, Change.WEIGHED})


@dataclass(frozen=True)
class Changed:
    code: str
    title: str  # in bokmål, as it is now; as it was, if it is removed
    change: Change


def changes(before: Iterable[CriterionText], after: Iterable[CriterionText]) -> tuple[Changed, ...]:
    """What differs between two versions, criterion by criterion, by code."""
    was = {one.code: one for one in before}
    now = {one.code: one for one in after}
    return tuple(
        Changed(code, (now.get(code) or was[code]).nb.title, _change(was.get(code), now.get(code)))
        for code in [*now, *(code for code in was if code not in now)]
    )


def _change(was: CriterionText | None, now: CriterionText | None) -> Change:
    if was is None:
        return Change.ADDED
    if now is None:
        return Change.REMOVED
    if (was.nb, was.nn) != (now.nb, now.nn):
        return Change.REWORDED
    return Change.SAME if was == now else Change.WEIGHED
