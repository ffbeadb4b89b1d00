"""KS orders the list: each move is told by the story it moves, so that none undoes another's."""

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.priorities import queries
from pilot.priorities.models import PriorityItem, PriorityList
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.rules import (
    ELIGIBLE,
    ITEMS_MOST,
    NOTE_MAX,
    ListState,
    MoveKind,
    Verb,
    moved,
    within_order,
)
from pilot.priorities.service.steps import (
    Stale,
    note_move,
    refuse_closed,
    take_to,
    text_given,
)
from pilot.stories import queries as stories
from pilot.stories.models import Story
from pilot.stories.rules import id_of, ref_of

CLASHES["uq_priority_list_in_work"] = say("En liste er allerede under arbeid.")
CLASHES["priority_list.is_in_work"] = CLASHES["uq_priority_list_in_work"]


@command
def start_list(actor: Actor) -> PriorityList:
    """Begin work on a new list, from the order and the text that were released last."""
    require(actor, PriorityPermission.ORDER)
    if queries.list_in_work(actor) is not None:
        raise Conflict(CLASHES["uq_priority_list_in_work"])
    now = clock.now()
    row = PriorityList(
        state=ListState.PROPOSED,
        is_in_work=True,
        note=queries.note_of_newest(),
        created_at=now,
        state_since=now,
    )
    db.session.add(row)
    db.session.flush()
    for item in queries.items_of_newest():
        db.session.add(
            PriorityItem(
                list_id=row.id, story_id=item.story_id, place=item.place, reason=item.reason
            )
        )
    take_to(actor, row, ListState.PROPOSED, Verb.STARTED)
    return row


@command
def add_story(
    actor: Actor, list_id: int, ref: str, *, reason: str, place: int | None = None
) -> PriorityItem:
    """Put a story on the list, last or at a place."""
    row = _ordered(actor, list_id)
    require(actor, PriorityPermission.ORDER)
    refuse_closed(row)
    reason = text_given(reason, "reason")
    story = _story(actor, ref)
    items = queries.items_of(list_id)
    if story.state not in ELIGIBLE:
        raise Rejected(say("Bare historier som KS har tatt inn, kan prioriteres."), "ref")
    if any(item.story_id == story.id for item in items):
        raise Rejected(say("%(ref)s står allerede på listen.", ref=story.ref), "ref")
    if len(items) >= ITEMS_MOST:
        raise Rejected(say("Listen kan ha inntil %(most)d historier.", most=ITEMS_MOST), "ref")
    new = PriorityItem(list_id=list_id, story_id=story.id, place=len(items) + 1, reason=reason)
    db.session.add(new)
    now = _place([*items, new], story.id, place or len(items) + 1)
    note_move(actor, row, story.id, MoveKind.ADDED, was=None, now=now, reason=reason)
    return new


@command
def move_story(
    actor: Actor, list_id: int, ref: str, *, reason: str, to: int | None = None, by: int = 0
) -> PriorityItem:
    """Take a story to a place, or some places on from where it stands now; others make room.

    It counts from the order as it is, so that two who move at once both get what they asked for.
    One that stands there already keeps the reason it has.
    """
    row = _ordered(actor, list_id)
    require(actor, PriorityPermission.ORDER)
    refuse_closed(row)
    items = queries.items_of(list_id)
    item = _item(items, ref)
    was = item.place
    wanted = within_order(to if to is not None else was + by, len(items))
    _refuse_standing(item, wanted)
    item.reason = text_given(reason, "reason")
    now = _place(items, item.story_id, wanted)
    note_move(actor, row, item.story_id, MoveKind.MOVED, was=was, now=now, reason=item.reason)
    return item


@command
def remove_story(actor: Actor, list_id: int, ref: str, *, reason: str) -> None:
    """Take a story off the list; those below move up."""
    row = _ordered(actor, list_id)
    require(actor, PriorityPermission.ORDER)
    refuse_closed(row)
    reason = text_given(reason, "reason")
    items = queries.items_of(list_id)
    item = _item(items, ref)
    db.session.delete(item)
    for place, one in enumerate((one for one in items if one is not item), 1):
        one.place = place
    note_move(actor, row, item.story_id, MoveKind.REMOVED, was=item.place, now=None, reason=reason)


@command
def write_note(actor: Actor, list_id: int, note: str, *, revision: int) -> PriorityList:
    """Write what the list says of itself; from an older form nothing is stored."""
    row = _ordered(actor, list_id)
    require(actor, PriorityPermission.ORDER)
    refuse_closed(row)
    if row.revision != revision:
        raise Stale(say("Noen har endret teksten mens du skrev."))
    row.note = text_given(note, "note", NOTE_MAX, needed=False)
    row.revision += 1
    audit.record(actor, "priority note written", row, text=row.note or None)
    return row


def _ordered(actor: Actor, list_id: int) -> PriorityList:
    """The list, locked: who orders it comes one at a time."""
    return queries.visible_list(actor, list_id, for_update=True)


def _story(actor: Actor, ref: str) -> Story:
    """The story of a number that was typed, which may be any."""
    try:
        return stories.visible_by_ref(actor, ref.strip())
    except Missing:
        words = say("Fant ingen brukerhistorie med dette nummeret.")
        raise Rejected(words, "ref") from None


def _item(items: list[PriorityItem], ref: str) -> PriorityItem:
    number = id_of(ref.strip())
    found = next((item for item in items if item.story_id == number), None)
    if found is None:
        raise Conflict(say("%(ref)s står ikke lenger på listen. Last siden på nytt.", ref=ref))
    return found


def _refuse_standing(item: PriorityItem, wanted: int) -> None:
    """To move a story to where it stands would only change its reason, and tell of no move."""
    if item.place == wanted:
        raise Rejected(
            say(
                "%(ref)s står allerede på plass %(place)s. Ingenting er endret.",
                ref=ref_of(item.story_id),
                place=wanted,
            )
        )


def _place(items: list[PriorityItem], story_id: int, to: int) -> int:
    """Put one at a place and number the others around it; answers the place it got."""
    by_story = {item.story_id: item for item in items}
    order = moved([item.story_id for item in items], story_id, to)
    for place, one in enumerate(order, 1):
        by_story[one].place = place
    return by_story[story_id].place
