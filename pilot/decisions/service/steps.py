"""Steps that the commands share; each runs inside a command's unit of work."""

from collections.abc import Iterable
from typing import Any

from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor
from pilot.core.registry import Thing
from pilot.core.search import line_of
from pilot.core.text import clean
from pilot.core.words import Message, say
from pilot.decisions import queries
from pilot.decisions.models import Entry, EntryEvent, EntryLink
from pilot.decisions.rules import LINKS_MOST, NOTE_MAX, EntryText, too_long


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


def write(entry: Entry, text: EntryText) -> None:
    """Put a text into the row, with what is derived from it."""
    for name in ("text", "reasons", "decided_on", "decided_by", "due_on", "zone", "for_steering"):
        setattr(entry, name, getattr(text, name))
    entry.organisation_id = text.owner.organisation_id
    entry.owner_id = text.owner.person_id
    entry.search_text = line_of([text.text, text.reasons, text.decided_by])
    entry.changed_at = clock.now()
    entry.revision += 1


def point_at(entry: Entry, things: Iterable[Thing]) -> None:
    """Make the links those given, each once."""
    wanted = dict.fromkeys(things)
    if len(wanted) > LINKS_MOST:
        raise Rejected(say("Du kan knytte til inntil %(most)d saker.", most=LINKS_MOST), "about")
    have = {Thing(row.thing_kind, row.thing_id): row for row in queries.links_of(entry.id)}
    for thing in wanted.keys() - have.keys():
        db.session.add(EntryLink(entry_id=entry.id, thing_kind=thing.kind, thing_id=thing.id))
    for thing in have.keys() - wanted.keys():
        db.session.delete(have[thing])


def note_given(text: str, *, needed: bool) -> str:
    text = clean(text)
    if needed and not text:
        raise Rejected(say("Skriv en begrunnelse."), "note")
    if len(text) > NOTE_MAX:
        raise Rejected(too_long(len(text), NOTE_MAX), "note")
    return text


def happened(
    actor: Actor,
    entry: Entry,
    verb: str,
    *,
    text: str = "",
    before: dict[str, Any] | None = None,
) -> None:
    db.session.add(
        EntryEvent(
            entry_id=entry.id,
            verb=verb,
            text=text,
            before=before or {},
            person_id=actor.person_id,
            organisation_id=actor.organisation_id,
            happened_at=clock.now(),
        )
    )
