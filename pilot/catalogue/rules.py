"""Codes and limits of the catalogue, and the care settings as the shipped file has them."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from pilot.core.text import sort_key
from pilot.core.words import DATA, DEFAULT_LOCALE, LOCALES, Message, say

NAME_MAX = 120
DESCRIPTION_MAX = 4_000
NOTE_MAX = 500
LINKS_MAX = 30
KEY_MAX = 60


#: Under this name other rooms offer panels for the page of a solution.
SOLUTION_PANELS = "national solution"


class Basis(StrEnum):
    """What a solution's text rests on: a named source, or our own knowledge."""

    SOURCED = "kilde"
    OWN = "egen"


class ServiceState(StrEnum):
    IDEA = "idea"
    DEFINED = "defined"
    TESTING = "testing"
    PILOTED = "piloted"
    NATIONAL = "national"


#: States that a person may set by hand; the later ones follow from what a pilot shows.
SET_BY_HAND = (ServiceState.IDEA, ServiceState.DEFINED)


class LinkKind(StrEnum):
    """How a national solution meets what an information service needs."""

    NOT_ASSESSED = "not_assessed"
    REUSE = "reuse"
    EXTEND = "extend"
    MISSING = "missing"


# --- information services --------------------------------------------------------------------

#: Addresses under /tjenester that are pages of their own.
TAKEN_KEYS = frozenset({"ny"})
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ü": "u", "ö": "o", "ä": "a"})
_OTHER = re.compile(r"[^a-z0-9]+")

NAME_MISSING = say("Skriv et navn på informasjonstjenesten.")
NAME_TAKEN = say("Det finnes allerede en informasjonstjeneste med dette navnet. Velg et annet.")
LINKED_TWICE = say("Velg hver nasjonale løsning bare én gang.")
TOO_MANY_LINKS = say("Du kan ha inntil %(most)d nasjonale løsninger.", most=LINKS_MAX)


def key_of(name: str) -> str:
    """The part of an address that stands for a name; empty when the name has no letters."""
    plain = _OTHER.sub("-", name.lower().translate(_LETTERS)).strip("-")
    return plain[:KEY_MAX].strip("-")


@dataclass(frozen=True)
class LinkText:
    """A link to a national solution, as it is typed."""

    solution: str  # its key
    kind: LinkKind
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceText:
    """What an information service says of itself."""

    name: str
    description: str = ""
    state: ServiceState = ServiceState.IDEA
    links: tuple[LinkText, ...] = ()


def faults(text: ServiceText) -> list[tuple[str, Message]]:
    """Every field that must be mended before the text is stored, with what to do."""
    return [*_name_faults(text.name), *_length_faults(text), *_link_faults(text.links)]


def _name_faults(name: str) -> Iterable[tuple[str, Message]]:
    if not name:
        yield "name", NAME_MISSING
    elif not key_of(name) or key_of(name) in TAKEN_KEYS:
        yield "name", say("Velg et navn som sier hva tjenesten gjør.")


def _length_faults(text: ServiceText) -> Iterable[tuple[str, Message]]:
    limits = (
        ("name", text.name, NAME_MAX),
        ("description", text.description, DESCRIPTION_MAX),
        *(("links", link.note, NOTE_MAX) for link in text.links),
    )
    for field, value, most in limits:
        if len(value) > most:
            yield field, too_long(len(value), most)


def _link_faults(links: tuple[LinkText, ...]) -> Iterable[tuple[str, Message]]:
    if len(links) > LINKS_MAX:
        yield "links", TOO_MANY_LINKS
    if len({link.solution for link in links}) < len(links):
        yield "links", LINKED_TWICE


def too_long(length: int, most: int) -> Message:
    return say(
        "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
        length=length,
        most=most,
    )


# --- care settings ---------------------------------------------------------------------------


class Side(StrEnum):
    """Who answers for a care setting."""

    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    GP = "gp"
    PRIVATE = "private"
    CITIZEN = "citizen"
    OTHER = "other"


class Level(StrEnum):
    """The same, as coarse as the level of sharing needs it."""

    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    GP_PRIVATE = "gp_private"
    CITIZEN = "citizen"
    OTHER = "other"


LEVEL_WORDS: MappingProxyType[Level, Message] = MappingProxyType(
    {
        Level.MUNICIPALITY: say("Kommunen"),
        Level.HOSPITAL: say("Sykehus og spesialisthelsetjeneste"),
        Level.GP_PRIVATE: say("Fastleger og private"),
        Level.CITIZEN: say("Innbyggeren"),
        Level.OTHER: say("Flere eller andre"),
    }
)


@dataclass(frozen=True)
class Setting:
    """A place where care is given, or where information about it is read."""

    key: str
    names: MappingProxyType[str, str]  # by language
    side: Side
    level: Level
    alias: str  # what the demo's stories call it, where that differs

    def name(self, locale: str) -> str:
        return self.names.get(locale) or self.names[DEFAULT_LOCALE]


@cache
def settings() -> MappingProxyType[str, Setting]:
    """All care settings by key, read once from the shipped file."""
    found: dict[str, Setting] = {}
    with (DATA / "care_settings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["key"]] = Setting(
                key=row["key"],
                names=MappingProxyType({code: row[f"name_{code}"] for code in LOCALES}),
                side=Side(row["side"]),
                level=Level(row["level"]),
                alias=row["alias"],
            )
    return MappingProxyType(found)


@cache
def solution_keys() -> tuple[str, ...]:
    """The keys of the national solutions, as the shipped file has them."""
    with (DATA / "national_solutions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["key"] for row in csv.DictReader(file))


@cache
def setting_options(locale: str) -> tuple[tuple[str, str], ...]:
    """Keys and names for a choice, by name in the language; the general ones come last."""
    ordered = sorted(
        settings().values(), key=lambda s: (s.level is Level.OTHER, sort_key(s.name(locale)))
    )
    return tuple((s.key, _capital(s.name(locale))) for s in ordered)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
