"""Stories for other programs: by number, a stretch at a time, and one in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.policy.zones import clause
from pilot.stories.models import Story, StorySolution
from pilot.stories.queries.sight import sees_reasons
from pilot.stories.queries.supports import Totals, totals_of
from pilot.stories.rules import Frequency, StoryState, id_of, ref_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    id: int
    title: str
    role: str
    need: str
    benefit: str
    state: StoryState
    municipality: str
    version: int
    language: str
    from_setting: str | None
    to_setting: str | None
    elements: Sequence[str]
    criteria: Sequence[str]
    frequency: Frequency | None
    patients_per_year: int | None
    published_at: datetime | None
    changed_at: datetime
    solutions: Sequence[str]

    @property
    def ref(self) -> str:
        return ref_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FullRecord:
    """A story with its long texts; and the reason it was given, and how many support it, for those
    who may read that."""

    record: StoryRecord
    context: str
    consequence: str
    reason: str | None
    support: Totals | None  # none to those who see no support


_COLUMNS = (
    Story.id,
    Story.title,
    Story.role,
    Story.need,
    Story.benefit,
    Story.state,
    Organisation.municipality_number.label("municipality"),
    Story.version,
    Story.language,
    Story.from_setting,
    Story.to_setting,
    Story.elements,
    Story.criteria,
    Story.frequency,
    Story.patients_per_year,
    Story.published_at,
    Story.changed_at,
)
_NAMES = tuple(column.key for column in _COLUMNS)


def count(actor: Actor) -> int:
    return db.session.scalar(select(func.count(Story.id)).where(clause(actor, Story))) or 0


def records(actor: Actor, *, after: int, most: int) -> tuple[StoryRecord, ...]:
    """The first of the stories with a number above `after` that the actor may see."""
    wanted = _rows(actor, *_COLUMNS).where(Story.id > after).order_by(Story.id).limit(most)
    rows = db.session.execute(wanted).all()
    wished = _wished([row.id for row in rows])
    return tuple(_record(row, wished) for row in rows)


def full_record(actor: Actor, ref: str) -> FullRecord:
    story_id = id_of(ref) or 0
    counted = totals_of(actor, story_id)
    wanted = _rows(actor, *_COLUMNS, Story, *counted).where(Story.id == story_id)
    row = db.session.execute(wanted).first()
    if row is None:
        raise Missing
    story: Story = row.Story
    return FullRecord(
        record=_record(row, _wished([story.id])),
        context=story.context,
        consequence=story.consequence,
        reason=(story.reason or None) if sees_reasons(actor, story) else None,
        support=Totals(*row[-len(counted) :]) if counted else None,
    )


def _rows(actor: Actor, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Organisation, Organisation.id == Story.organisation_id)
        .where(clause(actor, Story))
    )


def _wished(story_ids: list[int]) -> dict[int, list[str]]:
    """The keys of the national solutions that stories wish for; the stories are cleared already."""
    found: dict[int, list[str]] = {}
    linked = (
        select(StorySolution.story_id, StorySolution.solution_key)
        .where(StorySolution.story_id.in_(story_ids), StorySolution.is_wished)
        .order_by(StorySolution.solution_key)
    )
    for story_id, key in db.session.execute(linked) if story_ids else ():
        found.setdefault(story_id, []).append(key)
    return found


def _record(row: Row[Any], wished: dict[int, list[str]]) -> StoryRecord:
    values = dict(zip(_NAMES, row, strict=False))  # the row of one story goes on after these
    return StoryRecord(**values, solutions=wished.get(row.id, ()))
