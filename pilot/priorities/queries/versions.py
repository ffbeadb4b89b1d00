"""Released lists: public, every one of them, and so is what they say of each story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, bindparam, func, select

from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.tallies import number_of
from pilot.priorities.models import PriorityVersion, PriorityVersionItem
from pilot.priorities.rules import Change, compare
from pilot.stories.rules import id_of, ref_of


@dataclass(frozen=True)
class VersionItem:
    story_id: int
    place: int
    title: str
    language: str
    reason: str
    story_version: int

    @property
    def ref(self) -> str:
        return ref_of(self.story_id)


@dataclass(frozen=True)
class VersionHead:
    id: int
    number: int
    note: str
    decided_at: datetime
    released_at: datetime


@dataclass(frozen=True)
class VersionPage:
    """A released list, and how it differs from another one, by default the one before it."""

    head: VersionHead
    newest: int
    items: tuple[VersionItem, ...]
    against: int | None
    changes: tuple[tuple[Change, VersionItem], ...]

    @property
    def is_newest(self) -> bool:
        return self.head.number == self.newest

    @property
    def change_of(self) -> dict[int, Change]:
        return {change.story_id: change for change, _ in self.changes}


@dataclass(frozen=True)
class StoryPlace:
    """Where a story stands in the newest list, and why; shown on its page."""

    number: int
    released_at: datetime
    place: int
    of: int
    reason: str


@dataclass(frozen=True)
class Top:
    """The first of the newest released list."""

    number: int
    released_at: datetime
    items: tuple[VersionItem, ...]
    of: int

    @property
    def has_more(self) -> bool:
        return self.of > len(self.items)


def newest() -> int | None:
    """The number of the newest released list."""
    return db.session.scalar(select(func.max(PriorityVersion.number)))


def newest_number() -> ScalarSelect[Any]:
    """The same, as a number that everyone may know."""
    return select(func.max(PriorityVersion.number)).scalar_subquery()


def how_many_released() -> ScalarSelect[int]:
    """How many stories are on it."""
    last = select(PriorityVersion.id).where(PriorityVersion.number == newest_number())
    return number_of(PriorityVersionItem.id, PriorityVersionItem.version_id.in_(last))


def top(most: int) -> Top | None:
    """What comes first in it, in one statement; None before there is a list."""
    rows = db.session.execute(_top(), {"most": most}).all()
    if not rows:
        return None
    number, released_at, total = rows[0][:3]
    return Top(number, released_at, tuple(VersionItem(*row[3:]) for row in rows), total)


@cache
def _top() -> Select[*tuple[Any, ...]]:
    """The same for everyone, so it is made once."""
    item = PriorityVersionItem
    return (
        select(
            PriorityVersion.number,
            PriorityVersion.released_at,
            func.count().over(),
            item.story_id,
            item.place,
            item.title,
            item.language,
            item.reason,
            item.story_version,
        )
        .join(item, item.version_id == PriorityVersion.id)
        .where(PriorityVersion.number == newest_number())
        .order_by(item.place)
        .limit(bindparam("most", type_=Integer))
    )


def heads() -> tuple[VersionHead, ...]:
    """All released lists, the newest first."""
    rows = db.session.scalars(select(PriorityVersion).order_by(PriorityVersion.number.desc()))
    return tuple(_head(row) for row in rows)


def version(number: int, against: int | None = None) -> VersionPage:
    """A released list beside another; Missing where there is no such one."""
    known = {head.number: head for head in heads()}
    if number not in known or (against is not None and against not in known):
        raise Missing
    other = number - 1 if against is None and number - 1 in known else against
    head = known[number]
    found = _items([head.id, *([known[other].id] if other else [])])
    items, before = found.get(head.id, ()), found.get(known[other].id, ()) if other else ()
    return VersionPage(head, max(known), items, other, _beside(before, items) if other else ())


def _beside(
    before: Sequence[VersionItem], after: Sequence[VersionItem]
) -> tuple[tuple[Change, VersionItem], ...]:
    texts = {item.story_id: item for item in (*before, *after)}
    changes = compare([one.story_id for one in before], [one.story_id for one in after])
    return tuple((change, texts[change.story_id]) for change in changes)


def items_of_newest() -> tuple[VersionItem, ...]:
    """The newest released order; empty before there is one."""
    wanted = select(PriorityVersion.id).order_by(PriorityVersion.number.desc()).limit(1)
    version_id = db.session.scalar(wanted)
    return _items([version_id]).get(version_id, ()) if version_id else ()


def note_of_newest() -> str:
    """What the newest released list says of itself; empty before there is one."""
    wanted = select(PriorityVersion.note).order_by(PriorityVersion.number.desc()).limit(1)
    return db.session.scalar(wanted) or ""


def place_of(ref: str) -> StoryPlace | None:
    """A story in the newest released list, in one statement; None where it is not on it."""
    count = (
        select(func.count(PriorityVersionItem.id))
        .where(PriorityVersionItem.version_id == PriorityVersion.id)
        .correlate(PriorityVersion)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            PriorityVersion.number,
            PriorityVersion.released_at,
            PriorityVersionItem.place,
            count,
            PriorityVersionItem.reason,
        )
        .join(PriorityVersion, PriorityVersion.id == PriorityVersionItem.version_id)
        .where(
            PriorityVersion.number == newest_number(),
            PriorityVersionItem.story_id == (id_of(ref) or 0),
        )
    ).first()
    return StoryPlace(*row) if row else None


def _items(version_ids: Sequence[int]) -> dict[int, tuple[VersionItem, ...]]:
    rows = db.session.scalars(
        select(PriorityVersionItem)
        .where(PriorityVersionItem.version_id.in_(version_ids))
        .order_by(PriorityVersionItem.place)
    ).all()
    return {one: tuple(_item(row) for row in rows if row.version_id == one) for one in version_ids}


def _item(row: PriorityVersionItem) -> VersionItem:
    return VersionItem(
        row.story_id, row.place, row.title, row.language, row.reason, row.story_version
    )


def _head(row: PriorityVersion) -> VersionHead:
    return VersionHead(row.id, row.number, row.note, row.decided_at, row.released_at)
