"""Frames and recommendations: their states, limits, and when they take input."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from pilot.core.policy import Zone
from pilot.core.text import MARKDOWN_MAX, clean
from pilot.core.words import Message, say

LINE_MAX = 120
URL_MAX = 500
INPUT_MAX = 8_000
KEY_MAX = 60
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e"})
#: Addresses under /anbefalinger that are pages of their own.
TAKEN_KEYS = frozenset({"ny"})


class DocumentState(StrEnum):
    """Codes as in states.csv."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class Position(StrEnum):
    """What an organisation thinks; codes as in states.csv (`input_position`)."""

    SUPPORT = "support"
    WITH_REMARKS = "with_remarks"
    OPPOSE = "oppose"
    NO_REMARKS = "no_remarks"


S = DocumentState
SOURCES: MappingProxyType[DocumentState, DocumentState] = MappingProxyType(
    {S.CONSULTATION: S.DRAFT, S.ADOPTED: S.CONSULTATION, S.SUPERSEDED: S.ADOPTED}
)
#: A text that may still be written; what is adopted stands as it was adopted.
WRITABLE = frozenset({S.DRAFT, S.CONSULTATION})


def zone_of(state: DocumentState) -> Zone:
    """A draft is KS' own; from the consultation on, everyone reads it."""
    return Zone.INTERNAL if state is S.DRAFT else Zone.PUBLIC


def takes_input(state: DocumentState, closes_on: date | None, today: date) -> bool:
    """Until and with the last day."""
    return state is S.CONSULTATION and closes_on is not None and today <= closes_on


def key_of(title: str) -> str:
    """The part of an address that stands for a title; empty when it has no letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower().translate(_LETTERS)).strip("-")
    return plain[:KEY_MAX].strip("-")


@dataclass(frozen=True)
class MoveWords:
    """What the page that asks for a change of state says."""

    title: Message
    lead: Message
    button: Message
    done: Message


MOVE_WORDS: MappingProxyType[DocumentState, MoveWords] = MappingProxyType(
    {
        S.CONSULTATION: MoveWords(
            say("Send på høring"),
            say("Alle kan lese dokumentet, og alle som er logget inn, kan skrive innspill."),
            say("Send på høring"),
            say("Dokumentet er på høring."),
        ),
        S.ADOPTED: MoveWords(
            say("Fastsett dokumentet"),
            say("Høringen stenger. Teksten kan ikke endres etterpå."),
            say("Fastsett"),
            say("Dokumentet er fastsatt."),
        ),
        S.SUPERSEDED: MoveWords(
            say("Merk som erstattet"),
            say("Alle ser at dokumentet ikke gjelder lenger. Det kan ikke angres."),
            say("Merk som erstattet"),
            say("Dokumentet er merket som erstattet."),
        ),
    }
)


@dataclass(frozen=True, kw_only=True)
class DocumentText:
    """What a document says, and where it comes from."""

    title: str
    body: str = ""
    source_name: str = ""
    source_url: str = ""
    note: str = ""  # what is new in this version


def tidy(text: DocumentText) -> DocumentText:
    return replace(
        text,
        title=_line(text.title),
        body=clean(text.body),
        source_name=_line(text.source_name),
        source_url=_line(text.source_url),
        note=_line(text.note),
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def faults(text: DocumentText) -> Iterable[tuple[str, Message]]:
    """Every field that must be mended before the document is stored, with what to do."""
    if not key_of(text.title) or key_of(text.title) in TAKEN_KEYS:
        yield "title", say("Skriv en tittel som sier hva dokumentet handler om.")
    if not text.body and not text.source_url:
        yield "body", say("Skriv teksten, eller en lenke til kilden.")
    if text.source_url and not _URL.fullmatch(text.source_url):
        yield "source_url", say("Skriv en hel adresse, for eksempel https://www.ks.no/rapport.pdf.")
    limits = (("title", LINE_MAX), ("body", MARKDOWN_MAX), ("source_name", LINE_MAX))
    for name, most in (*limits, ("source_url", URL_MAX), ("note", LINE_MAX)):
        if len(getattr(text, name)) > most:
            yield name, too_long(len(getattr(text, name)), most)


def too_long(length: int, most: int) -> Message:
    return say(
        "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
        length=length,
        most=most,
    )
