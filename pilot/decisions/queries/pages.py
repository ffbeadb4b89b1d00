"""The page of a decision or an action: what it says, what it is about, what has happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import aliased

from pilot.accounts.models import Organisation, Person
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, Zone, allows
from pilot.core.readers import ids_of, made_once
from pilot.core.registry import KINDS, Subject, Thing, resolve
from pilot.core.words import Message
from pilot.decisions.models import Entry, EntryEvent
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.queries.lists import owner_of, sees_names, today
from pilot.decisions.queries.rows import as_thing, links_of, seen
from pilot.decisions.rules import (
    EntryKind,
    EntryState,
    EntryText,
    Owner,
    parse_ref,
    ref_of,
    shown_state,
)


@dataclass(frozen=True)
class LinkRow:
    """A thing that the entry is about, which the actor may know of."""

    key: str  # «story:42», as in an address
    words: Message
    subject: Subject


@dataclass(frozen=True)
class EventRow:
    verb: str
    happened_at: datetime
    who: str
    text: str
    before: dict[str, Any]


@dataclass(frozen=True)
class EntryPage:
    id: int
    ref: str
    kind: EntryKind
    text: EntryText
    state: EntryState
    shown_state: str
    zone: Zone
    organisation_id: int | None
    owner_id: int | None
    owner: str
    owner_organisation: str
    owner_email: str
    recorded_by: str
    created_at: datetime
    changed_at: datetime
    revision: int
    superseded_by: str
    supersedes: str
    links: tuple[LinkRow, ...]
    events: tuple[EventRow, ...]
    shows_words: bool  # whether remarks are shown, and what stood there before

    @property
    def decided_on(self) -> date | None:
        return self.text.decided_on


def page(actor: Actor, ref: str) -> EntryPage:
    """All that its page shows; remarks and earlier words are for KS and for the owner."""
    kind, number = parse_ref(ref) or (EntryKind.DECISION, 0)
    asked = {"kind": kind, "number": number}
    row = db.session.execute(_entry(actor), ids_of(actor) | asked).first()
    if row is None:
        raise Missing
    return _page(actor, row)


@made_once
def _entry(actor: Actor) -> Select[*tuple[Any, ...]]:
    newer, older = aliased(Entry), aliased(Entry)
    recorded_for = aliased(Organisation)
    return (
        select(
            Entry,
            Organisation.name.label("organisation"),
            Person.name.label("person"),
            Person.email,
            recorded_for.name.label("recorded_for"),
            newer.number.label("newer"),
            older.number.label("older"),
        )
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .outerjoin(Person, Person.id == Entry.owner_id)
        .outerjoin(recorded_for, recorded_for.id == Entry.recorded_for_id)
        .outerjoin(newer, (newer.id == Entry.superseded_by_id) & _seen_too(actor, newer))
        .outerjoin(older, (older.superseded_by_id == Entry.id) & _seen_too(actor, older))
        .where(Entry.kind == bindparam("kind", type_=Entry.kind.type))
        .where(Entry.number == bindparam("number"), seen(actor))
        .limit(1)
    )


def _seen_too(actor: Actor, other: Any) -> Any:
    """Another entry is named only to those who may know of it as well."""
    return other.id.in_(select(Entry.id).where(seen(actor)))


def _page(actor: Actor, row: Row[*tuple[Any, ...]]) -> EntryPage:
    entry: Entry = row.Entry
    shows_words = allows(actor, DecisionPermission.CARRY_OUT, entry)
    return EntryPage(
        **{name: getattr(entry, name) for name in _AS_STORED},
        text=text_of(entry),
        shown_state=shown_state(entry.state, entry.due_on, today()),
        owner=owner_of(actor, row.organisation, row.person),
        owner_organisation=row.organisation or "",
        owner_email=(row.email or "") if actor.is_ks else "",
        recorded_by=row.recorded_for or "",
        superseded_by=ref_of(entry.kind, row.newer) if row.newer else "",
        supersedes=ref_of(entry.kind, row.older) if row.older else "",
        links=_links(actor, entry.id),
        events=_events(actor, entry.id, shows_words=shows_words),
        shows_words=shows_words,
    )


_AS_STORED = (
    *("id", "ref", "kind", "state", "zone", "organisation_id", "owner_id"),
    *("created_at", "changed_at", "revision"),
)


def text_of(entry: Entry) -> EntryText:
    """What a row says now, as one text."""
    fields = ("text", "reasons", "decided_on", "decided_by", "due_on", "zone", "for_steering")
    owner = Owner(entry.organisation_id, entry.owner_id)
    return EntryText(owner=owner, **{name: getattr(entry, name) for name in fields})


def _links(actor: Actor, entry_id: int) -> tuple[LinkRow, ...]:
    return pointed_at(actor, [as_thing(row) for row in links_of(entry_id)])


def pointed_at(actor: Actor, things: Sequence[Thing]) -> tuple[LinkRow, ...]:
    """Those of the things that the actor may know of, in their order."""
    known = resolve(actor, things)
    return tuple(
        LinkRow(f"{thing.kind}:{thing.id}", KINDS[thing.kind].words, known[thing])
        for thing in things
        if thing in known
    )


def _events(actor: Actor, entry_id: int, *, shows_words: bool) -> tuple[EventRow, ...]:
    rows = db.session.execute(
        select(EntryEvent, Organisation.name, Person.name)
        .outerjoin(Organisation, Organisation.id == EntryEvent.organisation_id)
        .outerjoin(Person, Person.id == EntryEvent.person_id)
        .where(EntryEvent.entry_id == entry_id)
        .order_by(EntryEvent.id.desc())
    )
    named = sees_names(actor)
    return tuple(
        EventRow(
            event.verb,
            event.happened_at,
            (person if named else "") or organisation or "",
            event.text if shows_words else "",
            event.before if shows_words else {},
        )
        for event, organisation, person in rows
        if shows_words or event.verb != "note"
    )
