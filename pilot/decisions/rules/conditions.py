"""Conditions (rammebetingelser): what must be settled before the pilots can go on."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from pilot.core.words import DATA, Message, say
from pilot.decisions.rules.entries import LINE_MAX, NOTE_MAX, too_long

KEY_MAX = 40
OWNER_MAX = LINE_MAX


class ConditionState(StrEnum):
    """Codes as in states.csv; «settled» is «Avklart»."""

    UNRESOLVED = "unresolved"
    PARTLY = "partly"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Shipped:
    """A condition as the shipped file has it."""

    key: str
    is_derived: bool
    titles: MappingProxyType[str, str]
    settled_by: MappingProxyType[str, str]
    source: str
    source_url: str


@cache
def shipped_conditions() -> MappingProxyType[str, Shipped]:
    """All of them by key, in the order they are shown."""
    with (DATA / "conditions.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({line["key"]: _shipped(line) for line in csv.DictReader(file)})


def _shipped(line: dict[str, str]) -> Shipped:
    locales = ("nb", "nn", "en")
    return Shipped(
        line["key"],
        line["is_derived"] == "1",
        MappingProxyType({locale: line[f"title_{locale}"] for locale in locales}),
        MappingProxyType({locale: line[f"settles_{locale}"] for locale in locales}),
        line["source"],
        line["source_url"],
    )


@dataclass(frozen=True, kw_only=True)
class ConditionText:
    """What KS says of a condition; the state is left out where the data say it."""

    state: ConditionState | None
    owner: str = ""
    due_on: date | None = None
    settled_by: str = ""  # in KS' own words, instead of the shipped ones
    reason: str = ""


def condition_faults(
    text: ConditionText, *, is_derived: bool, is_moved: bool
) -> Iterable[tuple[str, Message]]:
    """Every field to mend; a state is never typed where the data say it."""
    if is_derived and text.state is not None:
        yield "state", say("Statusen følger av det som er registrert, og kan ikke velges her.")
    if not is_derived and text.state is None:
        yield "state", say("Velg en status.")
    if is_moved and not text.reason:
        yield "reason", say("Skriv hvorfor statusen endres.")
    for name, most in (("owner", OWNER_MAX), ("settled_by", NOTE_MAX), ("reason", NOTE_MAX)):
        if len(getattr(text, name)) > most:
            yield name, too_long(len(getattr(text, name)), most)
