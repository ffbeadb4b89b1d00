"""The register as a list: filtered, a page at a time; what is due; what concerns a thing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    func,
    or_,
    select,
)

from pilot.accounts.models import Organisation, Person
from pilot.core import clock
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.core.finding import findable, first, lines
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import ours, reach
from pilot.core.readers import TODAY, on
from pilot.core.registry import Subject, Thing, link
from pilot.core.search import in_line, terms
from pilot.core.tallies import first_of, number_of
from pilot.decisions.models import Entry, EntryLink
from pilot.decisions.queries.rows import seen
from pilot.decisions.rules import (
    DUE_SOON,
    EntryKind,
    EntryState,
    parse_ref,
    ref_of,
    shown_state,
)
from pilot.decisions.rules.entries import WAITS

OF_OBJECT_MOST = 20
LATEST = (Entry.changed_at.desc(), Entry.id.desc())
NEAR = on(lambda: today() + DUE_SOON)


@dataclass(frozen=True)
class EntryFilter:
    q: str = ""
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    mine: bool = False
    overdue: bool = False
    about: Thing | None = None
    page: int = 1


@dataclass(frozen=True)
class EntryRow:
    id: int
    ref: str
    kind: EntryKind
    text: str
    state: str  # as people see it: a deadline that is near or past says so
    owner: str
    due_on: date | None
    decided_on: date | None
    zone: Zone
    changed_at: datetime


def today() -> date:
    return clock.now().astimezone(OSLO).date()


def sees_names(actor: Actor) -> bool:
    """People are named to the public side; to others, their organisations are."""
    return Zone.PUBLIC_SIDE in reach(actor).whole


def owner_of(actor: Actor, organisation: str | None, person: str | None) -> str:
    named = person if sees_names(actor) else None
    return ", ".join(part for part in (named, organisation) if part)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Entry, Organisation.name, Person.name)
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .outerjoin(Person, Person.id == Entry.owner_id)
    )


def _row(actor: Actor, entry: Entry, organisation: str | None, person: str | None) -> EntryRow:
    return EntryRow(
        id=entry.id,
        ref=entry.ref,
        kind=entry.kind,
        text=entry.text,
        state=shown_state(entry.state, entry.due_on, today()),
        owner=owner_of(actor, organisation, person),
        due_on=entry.due_on,
        decided_on=entry.decided_on,
        zone=entry.zone,
        changed_at=entry.changed_at,
    )


def _found(actor: Actor, wanted: Select[*tuple[Any, ...]]) -> tuple[EntryRow, ...]:
    return tuple(_row(actor, *row) for row in db.session.execute(wanted))


def _conditions(actor: Actor, wanted: EntryFilter) -> list[ColumnElement[bool]]:
    found = [seen(actor), *_searched(wanted.q)]
    if wanted.kinds:
        found.append(Entry.kind.in_([kind for kind in EntryKind if kind.value in wanted.kinds]))
    if wanted.states:
        found.append(Entry.state.in_([s for s in EntryState if s.value in wanted.states]))
    if wanted.mine:
        found.append(is_mine(actor))
    if wanted.overdue:
        found += [Entry.state.in_(WAITS), Entry.due_on < today()]
    if wanted.about:
        found.append(_concerns(wanted.about))
    return found


def is_mine(actor: Actor) -> ColumnElement[bool]:
    """What the actor answers for: by name, or through the organisation where none is named."""
    by_all = and_(Entry.owner_id.is_(None), Entry.organisation_id == ours(actor))
    return or_(Entry.owner_id == actor.person_id, by_all) if actor.person_id is not None else by_all


def _concerns(thing: Thing) -> ColumnElement[bool]:
    linked = select(EntryLink.entry_id)
    return Entry.id.in_(
        linked.where(EntryLink.thing_kind == thing.kind, EntryLink.thing_id == thing.id)
    )


def _searched(q: str) -> list[ColumnElement[bool]]:
    named = parse_ref(q)
    if named is not None:
        return [Entry.kind == named[0], Entry.number == named[1]]
    asked = terms(q)
    return [in_line(Entry.search_text.expression, term) for term in asked]


def listed(actor: Actor, wanted: EntryFilter) -> Page[EntryRow]:
    """A page of what the actor may see and asked for, the latest changed first."""
    conditions = _conditions(actor, wanted)
    total = db.session.scalar(select(func.count(Entry.id)).where(*conditions)) or 0
    number = within(wanted.page, total)
    rows = _rows().where(*conditions).order_by(*LATEST)
    shown = rows.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(_found(actor, shown), number, total)


def exported(actor: Actor, wanted: EntryFilter) -> tuple[EntryRow, ...]:
    """All of them, for a file."""
    rows = _rows().where(*_conditions(actor, wanted))
    return _found(actor, rows.order_by(Entry.kind, Entry.number))


def of_object(actor: Actor, kind: str, thing_id: int) -> tuple[EntryRow, ...]:
    """Decisions and actions that concern a thing, newest first, as far as the actor may see."""
    rows = _rows().where(seen(actor), _concerns(Thing(kind, thing_id)))
    return _found(
        actor, rows.order_by(Entry.created_at.desc(), Entry.id.desc()).limit(OF_OBJECT_MOST)
    )


def entry_lines(actor: Actor) -> Select[Any]:
    """Those that a search of the whole site looks through, the latest changed first."""
    return lines(_named().where(seen(actor)), Entry.search_text, order=LATEST, begins=True)


def numbered(actor: Actor, q: str) -> Select[Any] | None:
    """The one that a search names: B-7."""
    if parse_ref(q) is None:
        return None
    return first(_named().where(*_conditions(actor, EntryFilter(q=q))), order=LATEST)


def _named() -> Select[Any]:
    key = cast(Entry.kind, String).concat("-").concat(cast(Entry.number, String))
    return findable(key, Entry.text)


def due(actor: Actor) -> tuple[ScalarSelect[Any], ...]:
    """Numbers of the overview: the actor's own actions whose deadline is near or past, and the
    first deadline; for KS also all that are past theirs, and the first of those."""
    waits = (seen(actor), Entry.state.in_(WAITS), Entry.due_on <= NEAR)
    found = _counted(*waits, is_mine(actor))
    return found + _counted(*waits, Entry.due_on < TODAY) if actor.is_ks else found


def _counted(*conditions: ColumnElement[bool]) -> tuple[ScalarSelect[Any], ...]:
    return number_of(Entry.id, *conditions), first_of(Entry.due_on, *conditions)


def in_work(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """Numbers of the overview: actions that wait, and those past their deadline; for KS all of
    them, for others their own."""
    waits = [seen(actor), Entry.state.in_(WAITS)]
    if not actor.is_ks:
        waits.append(is_mine(actor))
    late = Entry.due_on < TODAY
    return number_of(Entry.id, *waits), number_of(Entry.id, *waits, late)


def decided(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """A number of the overview: decisions that stand, as far as the actor may see them."""
    return (number_of(Entry.id, seen(actor), Entry.state == EntryState.DECIDED),)


def subjects(actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    """Entries as others point at them, in one statement."""
    wanted = select(Entry.id, Entry.kind, Entry.number, Entry.text)
    rows: Sequence[Any] = db.session.execute(wanted.where(Entry.id.in_(ids), seen(actor))).all()
    return {
        row.id: Subject(
            title=row.text,
            link=link("decisions.show", ref=ref_of(row.kind, row.number)),
            ref=ref_of(row.kind, row.number),
            lang="nb",
        )
        for row in rows
    }
