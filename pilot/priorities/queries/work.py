"""The list in work: KS' own, and the steering group's while it is put before the group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from pilot.accounts.models import Organisation, Person
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, allows, require
from pilot.core.policy.zones import clause
from pilot.core.tallies import number_of
from pilot.municipalities.models import Municipality
from pilot.priorities.models import PriorityItem, PriorityList, PriorityMove, PriorityStep
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.queries.versions import items_of_newest
from pilot.priorities.rules import (
    ELIGIBLE,
    IN_ORDERING,
    Change,
    ListState,
    MoveKind,
    Verb,
    compare,
)
from pilot.stories.models import Story
from pilot.stories.rules import StoryState, ref_of

MOVES_SHOWN = 20
OFFERED = 15


@dataclass(frozen=True)
class ItemRow:
    story_id: int
    place: int
    title: str
    language: str
    state: StoryState
    is_published: bool
    municipality: str
    reason: str
    change: Change | None = None

    @property
    def ref(self) -> str:
        return ref_of(self.story_id)


@dataclass(frozen=True)
class MoveRow:
    ref: str
    kind: MoveKind
    was: int | None
    now: int | None
    reason: str
    person: str
    happened_at: datetime


@dataclass(frozen=True)
class StepRow:
    verb: Verb
    person: str
    reason: str
    attendance: str
    impartiality: str
    dissent: str
    happened_at: datetime


@dataclass(frozen=True)
class Offer:
    """A story that is ready and not on the list."""

    ref: str
    title: str
    language: str
    municipality: str
    is_published: bool


@dataclass(frozen=True)
class ListPage:
    """The list with its order, beside the newest released one."""

    id: int
    state: ListState
    revision: int
    note: str
    state_since: datetime
    items: tuple[ItemRow, ...]
    out: tuple[tuple[Change, str], ...]  # stood on the newest list, and what they are called
    steps: tuple[StepRow, ...]

    @property
    def is_open(self) -> bool:
        return self.state in IN_ORDERING

    @property
    def unpublished(self) -> tuple[str, ...]:
        """What must be published before the list is put before the group."""
        return tuple(item.ref for item in self.items if not item.is_published)

    @property
    def ineligible(self) -> tuple[str, ...]:
        """What has left the list's stories since it was added."""
        return tuple(item.ref for item in self.items if item.state not in ELIGIBLE)


def list_in_work(actor: Actor) -> PriorityList | None:
    """The list in work, if the actor may know of it."""
    row = db.session.scalar(select(PriorityList).where(PriorityList.is_in_work))
    return row if row and allows(actor, PriorityPermission.READ_PAPER, row) else None


def in_work() -> tuple[ScalarSelect[Any], ...]:
    """Numbers of the overview: the list in work, its state and since when, and how many stories are
    on it. Who may know is asked when they are told."""
    one = select(PriorityList.id).where(PriorityList.is_in_work)
    state, since = (
        select(column).where(PriorityList.is_in_work).scalar_subquery()
        for column in (PriorityList.state, PriorityList.state_since)
    )
    items = number_of(PriorityItem.id, PriorityItem.list_id.in_(one))
    return one.scalar_subquery(), state, since, items


def visible_list(actor: Actor, list_id: int, *, for_update: bool = False) -> PriorityList:
    """A list the actor may know of; another one does not exist for them."""
    wanted = select(PriorityList).where(PriorityList.id == list_id)
    if for_update:
        wanted = wanted.with_for_update()
    row = db.session.scalar(wanted)
    if row is None or not allows(actor, PriorityPermission.READ_PAPER, row):
        raise Missing
    return row


def list_page(actor: Actor, list_id: int) -> ListPage:
    """The order and what was done; every reason on it is of a story's last move."""
    row = visible_list(actor, list_id)
    found = db.session.execute(_item_rows(list_id)).all()
    newest = items_of_newest()
    changes = compare([one.story_id for one in newest], [one.story_id for one in found])
    by_story = {change.story_id: change for change in changes}
    titles = {one.story_id: f"{one.ref} {one.title}" for one in newest}
    return ListPage(
        id=row.id,
        state=row.state,
        revision=row.revision,
        note=row.note,
        state_since=row.state_since,
        items=tuple(
            ItemRow(**one._asdict(), change=by_story[one.story_id] if newest else None)
            for one in found
        ),
        out=tuple((one, titles[one.story_id]) for one in changes if one.now is None),
        steps=_steps(list_id),
    )


def _item_rows(list_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PriorityItem.story_id,
            PriorityItem.place,
            Story.title,
            Story.language,
            Story.state,
            Story.published_at.is_not(None).label("is_published"),
            Municipality.name_unique.label("municipality"),
            PriorityItem.reason,
        )
        .join(Story, Story.id == PriorityItem.story_id)
        .join(Organisation, Organisation.id == Story.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(PriorityItem.list_id == list_id)
        .order_by(PriorityItem.place)
    )


def _steps(list_id: int) -> tuple[StepRow, ...]:
    rows = db.session.execute(
        select(PriorityStep, Person.name)
        .outerjoin(Person, Person.id == PriorityStep.person_id)
        .where(PriorityStep.list_id == list_id)
        .order_by(PriorityStep.id.desc())
    )
    return tuple(
        StepRow(
            step.verb,
            person or "",
            step.reason,
            step.attendance,
            step.impartiality,
            step.dissent,
            step.happened_at,
        )
        for step, person in rows
    )


def last_moves(actor: Actor, list_id: int) -> tuple[MoveRow, ...]:
    """The latest moves with their reasons; KS' own."""
    require(actor, PriorityPermission.ORDER)
    rows = db.session.execute(
        select(PriorityMove, Person.name)
        .outerjoin(Person, Person.id == PriorityMove.person_id)
        .where(PriorityMove.list_id == list_id)
        .order_by(PriorityMove.id.desc())
        .limit(MOVES_SHOWN)
    )
    return tuple(
        MoveRow(
            ref_of(move.story_id),
            move.kind,
            move.was,
            move.now,
            move.reason,
            person or "",
            move.happened_at,
        )
        for move, person in rows
    )


def offers(actor: Actor, list_id: int) -> tuple[Offer, ...]:
    """Stories that may be added; those that have waited longest come first."""
    require(actor, PriorityPermission.ORDER)
    taken = select(PriorityItem.story_id).where(PriorityItem.list_id == list_id)
    rows = db.session.execute(
        select(
            Story.id,
            Story.title,
            Story.language,
            Municipality.name_unique,
            Story.published_at.is_not(None),
        )
        .join(Organisation, Organisation.id == Story.organisation_id)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(Story.state.in_(ELIGIBLE), Story.id.not_in(taken), clause(actor, Story))
        .order_by(Story.state_since, Story.id)
        .limit(OFFERED)
    )
    return tuple(
        Offer(ref_of(number), title, language, place, is_published)
        for number, title, language, place, is_published in rows
    )


# --- rows for the commands -------------------------------------------------------------------


def items_of(list_id: int) -> list[PriorityItem]:
    """The list's rows in their order; its lock is held."""
    wanted = select(PriorityItem).where(PriorityItem.list_id == list_id)
    return list(db.session.scalars(wanted.order_by(PriorityItem.place, PriorityItem.id)))


def stories_of(story_ids: Sequence[int]) -> dict[int, Story]:
    """The stories as they stand now; for the release."""
    rows = db.session.scalars(select(Story).where(Story.id.in_(story_ids)))
    return {row.id: row for row in rows}


def decided_at(list_id: int) -> datetime:
    """When the steering group approved the list."""
    moment = db.session.scalar(
        select(PriorityStep.happened_at)
        .where(PriorityStep.list_id == list_id, PriorityStep.verb == Verb.APPROVED)
        .order_by(PriorityStep.id.desc())
        .limit(1)
    )
    if moment is None:
        raise Missing
    return moment
