"""Limits, states and words of editorial pages and notices; plain Python."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit

from pilot.core.policy.zones import Zone
from pilot.core.texts import Texts, too_long
from pilot.core.texts import faults as text_faults
from pilot.core.words import Message, say

KEY_MAX = 60
LINKS_MAX = 20
NOTE_MAX = 200
ADDRESS_MAX = 500
LINE_MAX = 200
#: Addresses under /om that are pages of their own.
TAKEN_KEYS = frozenset({"ny"})
#: Pages that stand inside another slice's page, by the endpoint that shows them.
SHOWN_BY = MappingProxyType({"kilder": "overview.sources"})


_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def xml_safe(text: str) -> str:
    """Text without the letters that a feed must not hold; others are gone when it is stored."""
    return _NOT_XML.sub("", text)


class NoticeState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


#: Who a notice may be for. Vendors are among the participants, and all get it at the same moment.
NOTICE_ZONES = (Zone.PUBLIC, Zone.PARTIES)


def zone_of(state: NoticeState, aimed_at: Zone) -> Zone:
    """Who may know of a notice: only KS, until it is published and after it is withdrawn."""
    return aimed_at if state is NoticeState.PUBLISHED else Zone.INTERNAL


# --- links -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LinkText:
    """A link block: a title, where it leads, who stands behind it, and when it was last tried."""

    title: str
    address: str
    source: str
    checked_on: date | None

    def __str__(self) -> str:
        checked = self.checked_on.isoformat() if self.checked_on else "–"
        return f"{self.title} | {self.address} | {self.source} | {checked}"


Links = tuple[LinkText, ...]


def is_web_address(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def link_faults(links: Links) -> Iterable[tuple[str, Message]]:
    if len(links) > LINKS_MAX:
        yield "links", say("Du kan ha inntil %(most)d lenker.", most=LINKS_MAX)
    for link in links:
        if not (link.title and link.address):
            yield "links", say("Skriv både tittel og adresse på hver lenke.")
        elif len(link.address) > ADDRESS_MAX or not is_web_address(link.address):
            yield "links", say("Skriv hele adressen, med https:// foran.")
        for text in (link.title, link.source):
            if len(text) > LINE_MAX:
                yield "links", too_long(len(text), LINE_MAX)


# --- pages -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PageText:
    """What a version of a page says."""

    texts: Texts
    links: Links = ()

    def flat(self) -> dict[str, str]:
        return self.texts.flat() | {"links": "\n".join(map(str, self.links))}


def page_faults(text: PageText) -> list[tuple[str, Message]]:
    """Every field that must be mended before the text is stored, with what to do."""
    return [*text_faults(text.texts), *link_faults(text.links)]


def is_free(key: str) -> bool:
    """Whether a page may have this address; one of no letters is none."""
    return bool(key) and key not in TAKEN_KEYS


# --- notices ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class NoticeText:
    texts: Texts
    dated_on: date
    aimed_at: Zone = Zone.PUBLIC


def notice_faults(text: NoticeText) -> list[tuple[str, Message]]:
    found = [*text_faults(text.texts)]
    if text.aimed_at not in NOTICE_ZONES:
        found.append(("aimed_at", say("Velg hvem oppslaget er for.")))
    return found
