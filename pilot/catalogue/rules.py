"""Codes and limits of the catalogue, and the care settings as the shipped file has them."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from urllib.parse import urlsplit

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


# --- foundation documents --------------------------------------------------------------------

RECOMMENDATIONS_MAX = 60
RECOMMENDATION_MAX = 1_000
ADDRESS_MAX = 500
NUMBER_TAKEN = say("Noen registrerte et dokument samtidig. Prøv en gang til.")
_DOCUMENT_REF = re.compile(r"GD-([0-9]{1,6})", re.IGNORECASE)
_RECOMMENDATION_REF = re.compile(r"GD-([0-9]{1,6})/([0-9]{1,3})", re.IGNORECASE)


def document_ref(number: int) -> str:
    return f"GD-{number}"


def document_number(ref: str) -> int | None:
    found = _DOCUMENT_REF.fullmatch(ref)
    return int(found[1]) if found else None


def recommendation_ref(document: int, number: int) -> str:
    """«GD-2/5»: recommendation 5 of document GD-2; shown as «GD-2, anbefaling 5»."""
    return f"GD-{document}/{number}"


#: Kinds of things that can follow up a recommendation.
FOLLOWING = ("story", "pilot", "document")


def recommendation_numbers(ref: str) -> tuple[int, int] | None:
    found = _RECOMMENDATION_REF.fullmatch(ref)
    return (int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, kw_only=True)
class DocumentText:
    """What is registered of a foundation document; recommendations by their own numbers."""

    title: str
    owner: str = ""
    dated_on: date | None = None
    address: str = ""
    description: str = ""
    recommendations: tuple[tuple[int, str], ...] = ()


def document_faults(text: DocumentText) -> list[tuple[str, Message]]:
    """Every field that must be mended before the document is stored, with what to do."""
    found: list[tuple[str, Message]] = []
    if not text.title:
        found.append(("title", say("Skriv tittelen på dokumentet.")))
    parts = urlsplit(text.address)
    if text.address and not (parts.scheme in ("http", "https") and parts.hostname):
        found.append(("address", say("Skriv hele adressen, med https:// foran.")))
    limits = (
        ("title", text.title, NAME_MAX),
        ("owner", text.owner, NAME_MAX),
        ("address", text.address, ADDRESS_MAX),
        ("description", text.description, DESCRIPTION_MAX),
        *(("recommendations", words, RECOMMENDATION_MAX) for _, words in text.recommendations),
    )
    found += [(name, too_long(len(v), most)) for name, v, most in limits if len(v) > most]
    return found + list(_numbering_faults([number for number, _ in text.recommendations]))


def _numbering_faults(numbers: list[int]) -> Iterable[tuple[str, Message]]:
    if len(numbers) > RECOMMENDATIONS_MAX:
        most = RECOMMENDATIONS_MAX
        yield "recommendations", say("Du kan ha inntil %(most)d anbefalinger.", most=most)
    if len(set(numbers)) < len(numbers):
        yield "recommendations", say("Gi hver anbefaling sitt eget nummer.")
    if any(not 0 < number < 1_000 for number in numbers):
        yield "recommendations", say("Skriv nummeret på hver anbefaling, fra 1 til 999.")
