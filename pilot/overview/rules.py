"""Limits and states of status reports; plain Python."""

from enum import StrEnum

from pilot.core.text import MARKDOWN_MAX, clean
from pilot.core.words import Message, say

TITLE_MAX = 120
WORDS_MAX = MARKDOWN_MAX
REPORT_STANDS: Message = say("Rapporten er sendt og kan ikke endres. Skriv en ny.")


class ReportState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"


def report_faults(title: str, words: str) -> list[tuple[str, Message]]:
    """What keeps a report from being stored, by field."""
    found: list[tuple[str, Message]] = []
    if not clean(title):
        found.append(("title", say("Skriv en tittel.")))
    if len(title) > TITLE_MAX:
        found.append(("title", say("Kort ned tittelen til %(most)s tegn.", most=TITLE_MAX)))
    if len(words) > WORDS_MAX:
        found.append(("words", say("Kort ned teksten til %(most)s tegn.", most=WORDS_MAX)))
    return found
