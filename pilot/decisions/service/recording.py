"""Recording a decision or an action, and changing what was recorded."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.registry import Thing
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.decisions import queries
from pilot.decisions.models import Entry
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.queries.lists import today
from pilot.decisions.queries.pages import text_of
from pilot.decisions.rules import EntryKind, EntryState, EntryText, faults, tidy
from pilot.decisions.service.steps import (
    Faulty,
    Stale,
    happened,
    note_given,
    point_at,
    write,
)

CLASHES["uq_entry_recorded_by_id_form_key"] = say("Skjemaet er allerede lagret.")
CLASHES["entry.recorded_by_id, entry.form_key"] = CLASHES["uq_entry_recorded_by_id_form_key"]
FIRST_STATE = {EntryKind.DECISION: EntryState.DECIDED, EntryKind.ACTION: EntryState.OPEN}


@command
def record(
    actor: Actor,
    kind: EntryKind,
    text: EntryText,
    *,
    about: Iterable[Thing] = (),
    supersedes: str = "",
    form_key: str | None = None,
) -> Entry:
    """Write in the register by hand. The same form sent twice is one entry.

    `supersedes` is the reference of an older decision that this one replaces.
    """
    require(actor, DecisionPermission.REGISTER)
    stored = queries.entry_of_form(actor, form_key)
    if stored is not None:
        return stored
    entry = _add(actor, kind, text, about, form_key)
    if supersedes:
        _supersede(actor, supersedes, entry)
    return entry


@command
def record_decision(
    actor: Actor,
    text: str,
    *,
    reasons: str,
    zone: Zone,
    decided_by: str = "",
    decided_on: date | None = None,
    for_steering: bool = False,
    about: Iterable[Thing] = (),
) -> Entry:
    """For other rooms: what was decided there, in the same transaction.

    Raises `Rejected` at `reasons` when none are given.
    """
    require(actor, DecisionPermission.DECIDE)
    said = EntryText(
        text=text,
        reasons=reasons,
        zone=zone,
        decided_by=decided_by,
        decided_on=decided_on or today(),
        for_steering=for_steering,
    )
    return _add(actor, EntryKind.DECISION, said, about, None)


def _add(
    actor: Actor,
    kind: EntryKind,
    text: EntryText,
    about: Iterable[Thing],
    form_key: str | None,
) -> Entry:
    text = tidy(text)
    _refuse_faults(kind, text)
    entry = Entry(
        kind=kind,
        number=queries.next_number(kind),
        state=FIRST_STATE[kind],
        recorded_by_id=actor.person_id,
        recorded_for_id=actor.organisation_id,
        form_key=form_key or None,
        revision=0,  # writing the text raises it
        created_at=clock.now(),
    )
    write(entry, text)
    db.session.add(entry)
    db.session.flush()
    point_at(entry, about)
    happened(actor, entry, "recorded")
    audit.record(actor, f"{kind} recorded", entry, zone=text.zone, text=_said(text))
    return entry


def _refuse_faults(kind: EntryKind, text: EntryText) -> None:
    found = faults(kind, text, today())
    if found:
        raise Faulty(found)


def _supersede(actor: Actor, ref: str, newer: Entry) -> None:
    older = queries.visible(actor, queries.visible_by_ref(actor, ref).id, for_update=True)
    if older.kind is not EntryKind.DECISION or newer.kind is not EntryKind.DECISION:
        raise Rejected(say("Bare en beslutning kan erstatte en annen."))
    if older.state is EntryState.SUPERSEDED:
        raise Conflict(say("%(ref)s er allerede erstattet av en annen beslutning.", ref=older.ref))
    older.state, older.superseded_by_id = EntryState.SUPERSEDED, newer.id
    older.changed_at = clock.now()
    older.revision += 1
    happened(actor, older, EntryState.SUPERSEDED)
    audit.record(actor, "decision superseded", older, by=newer.id)


@command
def change_entry(
    actor: Actor,
    entry_id: int,
    text: EntryText,
    *,
    revision: int,
    about: Iterable[Thing] = (),
    note: str = "",
) -> Entry:
    """Correct what was recorded; `Stale` when someone changed it after `revision`.

    What stood there before is kept in the entry's history.
    """
    entry = queries.visible(actor, entry_id, for_update=True)
    require(actor, DecisionPermission.REGISTER, entry)
    if entry.revision != revision:
        raise Stale(say("Noen endret dette mens du skrev."))
    text, note = tidy(text), note_given(note, needed=False)
    _refuse_faults(entry.kind, text)
    before = _differing(text_of(entry), text)
    write(entry, text)
    point_at(entry, about)
    happened(actor, entry, "changed", text=note, before=before)
    audit.record(
        actor, f"{entry.kind} changed", entry, fields=sorted(before), text=_said(text, note)
    )
    return entry


def _differing(old: EntryText, new: EntryText) -> dict[str, Any]:
    """What the fields that change said before, as the history keeps it."""
    fields = ("text", "reasons", "decided_on", "decided_by", "due_on", "zone")
    return {
        name: str(getattr(old, name) or "")
        for name in fields
        if getattr(old, name) != getattr(new, name)
    }


def _said(text: EntryText, note: str = "") -> str:
    """All that people wrote, for the trail's text."""
    return "\n".join(part for part in (text.text, text.reasons, text.decided_by, note) if part)
