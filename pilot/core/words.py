"""Words that travel: messages translated at the edge, and the labels of codes in three languages.

A `Message` is an id (the bokmål sentence) and values. Web, mail and exports translate it when they
know the reader's language. Labels of states and zones come from `data/states.csv`.
"""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

DATA = Path(__file__).resolve().parents[2] / "data"
Locale = Literal["nb", "nn", "en"]
LOCALES: tuple[Locale, ...] = ("nb", "nn", "en")
DEFAULT_LOCALE: Locale = "nb"


def locale_or_default(code: str | None) -> Locale:
    return next((known for known in LOCALES if known == code), DEFAULT_LOCALE)


@dataclass(frozen=True)
class Message:
    """A sentence not yet translated: its bokmål text, and the values that fill it."""

    id: str
    values: MappingProxyType[str, object] = field(default_factory=lambda: MappingProxyType({}))
    many: str = ""  # the sentence for other numbers than one; the number is `n`

    def __str__(self) -> str:
        text = self.many if self.many and self.values["n"] != 1 else self.id
        return text % self.values if self.values else text

    def __hash__(self) -> int:
        return hash((self.id, tuple(sorted(self.values.items()))))


def say(text: str, **values: object) -> Message:
    """Mark a bokmål sentence for translation; extracted by the same tool as `_`."""
    return Message(text, MappingProxyType(values))


def say_many(one: str, many: str, n: int) -> Message:
    """Mark a sentence that reads differently for one and for several."""
    return Message(one, MappingProxyType({"n": n}), many)


@dataclass(frozen=True)
class Label:
    """How a code reads in each language, by the gender of the thing it describes; its colour."""

    forms: MappingProxyType[tuple[str, str], str]
    color: str

    def read(self, locale: str, gender: str = "m") -> str:
        return self.forms.get((locale, gender)) or self.forms[("nb", gender)]


@cache
def labels() -> MappingProxyType[tuple[str, str], Label]:
    """All labels by (thing, code), read once from the shipped file."""
    found: dict[tuple[str, str], Label] = {}
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = {(lang, g): row[f"{lang}_{g}"] for lang in ("nb", "nn") for g in "mfn"}
            forms |= {("en", g): row["en"] for g in "mfn"}
            found[row["thing"], row["code"]] = Label(MappingProxyType(forms), row["color"])
    return MappingProxyType(found)


def label(thing: str, code: str, locale: str = DEFAULT_LOCALE, gender: str = "m") -> str:
    return labels()[thing, code].read(locale, gender)
