"""Pilots (utprøvinger): their states, limits, and what must be true before one is shown to all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pilot.core.policy import Zone
from pilot.core.text import clean
from pilot.core.words import Message, say

LINE_MAX = 120
STATUS_MAX = 2_000
STORIES_MOST = 20

#: Who may read a pilot before it is shown to all, from the fewest to more.
ZONE_CHOICES = (Zone.INTERNAL, Zone.OWN, Zone.CORE_TEAM, Zone.PUBLIC_SIDE)


class PilotState(StrEnum):
    """Codes as in states.csv."""

    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED = "stopped"


class Course(StrEnum):
    """How it goes; codes as in states.csv (`pilot_rag`)."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class PilotText:
    """What KS says of a pilot."""

    title: str
    group: str = ""  # where several municipalities go together, in words
    organisation_id: int | None = None
    contact: str = ""
    starts_on: date | None = None
    state: PilotState = PilotState.PLANNED
    course: Course = Course.UNKNOWN
    in_words: str = ""
    zone: Zone = Zone.INTERNAL
    stories: tuple[int, ...] = ()


def tidy(text: PilotText) -> PilotText:
    return replace(
        text,
        title=_line(text.title),
        group=_line(text.group),
        contact=_line(text.contact),
        in_words=clean(text.in_words),
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def faults(text: PilotText) -> Iterable[tuple[str, Message]]:
    """Every field that must be mended before the pilot is stored, with what to do."""
    if not text.title:
        yield "title", say("Skriv hva som skal prøves ut.")
    limits = (("title", LINE_MAX), ("group", LINE_MAX), ("contact", LINE_MAX))
    for name, most in (*limits, ("in_words", STATUS_MAX)):
        length = len(getattr(text, name))
        if length > most:
            yield (
                name,
                say(
                    "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
                    length=length,
                    most=most,
                ),
            )
    if text.zone is Zone.OWN and text.organisation_id is None:
        yield "zone", say("Velg en kommune, eller noen andre som skal se dette.")
    if text.state is not PilotState.PLANNED and text.starts_on is None:
        yield "starts_on", say("Skriv når utprøvingen begynte.")
