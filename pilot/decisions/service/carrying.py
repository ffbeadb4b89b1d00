"""Carrying an action out: beginning, finishing, dropping; and remarks on the way."""

from pilot.core import audit, clock
from pilot.core.errors import Conflict
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say
from pilot.decisions import queries
from pilot.decisions.models import Entry
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.rules import MOVES, EntryKind, EntryState
from pilot.decisions.service.steps import happened, note_given


@command
def move_action(
    actor: Actor, entry_id: int, *, to: EntryState, note: str = "", revision: int | None = None
) -> Entry:
    """Take an action to another state; to drop it or open it again, a reason is owed."""
    entry = queries.visible(actor, entry_id, for_update=True)
    move = MOVES[to]
    require(actor, DecisionPermission.DROP if move.by_ks else DecisionPermission.CARRY_OUT, entry)
    if entry.kind is not EntryKind.ACTION or entry.state not in move.sources:
        raise Conflict(say("Oppgaven har fått en annen status. Last siden på nytt for å se den."))
    if revision is not None and revision != entry.revision:
        raise Conflict(say("Noen har endret oppgaven siden du åpnet siden. Se over den på nytt."))
    note = note_given(note, needed=move.needs_reason)
    before, entry.state = entry.state, to
    entry.changed_at = clock.now()
    entry.revision += 1
    happened(actor, entry, to, text=note)
    audit.record(actor, f"action {to}", entry, before=before, after=to, text=note or None)
    return entry


@command
def remark(actor: Actor, entry_id: int, text: str) -> Entry:
    """Write a remark that KS and the owner read."""
    entry = queries.visible(actor, entry_id, for_update=True)
    require(actor, DecisionPermission.CARRY_OUT, entry)
    text = note_given(text, needed=True)
    entry.changed_at = clock.now()
    happened(actor, entry, "note", text=text)
    audit.record(actor, f"{entry.kind} remarked on", entry, text=text)
    return entry
