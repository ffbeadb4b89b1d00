"""What has happened to a story: its versions, its changes of state, and what differs."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, literal, select, union_all

from pilot.accounts.models import Organisation, Person
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.policy.zones import clause
from pilot.stories.models import Story, StoryStep, StoryVersion
from pilot.stories.queries.rows import STORY
from pilot.stories.queries.sight import saw_it_before, sees_inside, sees_reasons
from pilot.stories.rules import StoryText, id_of, ref_of


@dataclass(frozen=True)
class VersionRow:
    number: int
    created_at: datetime
    organisation: str
    person: str
    note: str


@dataclass(frozen=True)
class StepRow:
    verb: str
    happened_at: datetime
    organisation: str
    person: str
    reason: str


@dataclass(frozen=True)
class Comparison:
    ref: str
    title: str
    old: VersionRow
    new: VersionRow
    old_text: StoryText
    new_text: StoryText


#: What a version and a change of state are told by, in the same columns; a version has no verb.
_OF_VERSION = (
    StoryVersion.number,
    literal("").label("verb"),
    StoryVersion.created_at.label("at"),
    StoryVersion.note.label("words"),
)
_OF_STEP = (StoryStep.id, StoryStep.verb, StoryStep.happened_at, StoryStep.reason)


def history(actor: Actor, story: Story) -> tuple[tuple[VersionRow, ...], tuple[StepRow, ...]]:
    """The versions and the changes of state that the actor may know of, newest first, in one
    statement; those who came after publication see that it was published."""
    rows = db.session.execute(_told(), {STORY.key: story.id}).all()
    inside = saw_it_before(actor, story)
    return (
        tuple(
            _version(actor, row)
            for row in rows
            if not row.verb and may_see_version(actor, story, row.number)
        ),
        tuple(
            _step(actor, story, row)
            for row in rows
            if row.verb and (inside or _since_published(row.at, story))
        ),
    )


@cache
def _told() -> CompoundSelect[*tuple[Any, ...]]:
    """Made once: it is the same for every story and reader."""
    versions, steps = _by_whom(StoryVersion, *_OF_VERSION), _by_whom(StoryStep, *_OF_STEP)
    told = union_all(
        versions.where(StoryVersion.story_id == STORY), steps.where(StoryStep.story_id == STORY)
    )
    return told.order_by(told.selected_columns.number.desc())


def _by_whom(model: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    person_id = StoryVersion.author_id if model is StoryVersion else StoryStep.person_id
    return (
        select(*columns, Organisation.name.label("organisation"), Person.name.label("person"))
        .select_from(model)
        .outerjoin(Organisation, Organisation.id == model.organisation_id)
        .outerjoin(Person, Person.id == person_id)
    )


def may_see_version(actor: Actor, story: Story, number: int) -> bool:
    """Versions from before publication stay with those who could see the story then."""
    if saw_it_before(actor, story):
        return True
    return story.published_version is not None and number >= story.published_version


def _version(actor: Actor, row: Any) -> VersionRow:
    named = sees_inside(actor)
    return VersionRow(
        row.number,
        row.at,
        row.organisation or "",
        (row.person or "") if named else "",
        row.words if named else "",
    )


def _step(actor: Actor, story: Story, row: Any) -> StepRow:
    return StepRow(
        row.verb,
        row.at,
        row.organisation or "",
        (row.person or "") if saw_it_before(actor, story) else "",
        row.words if sees_reasons(actor, story) else "",
    )


def _since_published(moment: datetime, story: Story) -> bool:
    return story.published_at is not None and moment >= story.published_at


def comparison(actor: Actor, ref: str, old: int, new: int) -> Comparison:
    """Two versions side by side; Missing unless the actor may see both."""
    story = db.session.scalar(
        select(Story).where(Story.id == (id_of(ref) or 0), clause(actor, Story))
    )
    if story is None or not all(may_see_version(actor, story, n) for n in (old, new)):
        raise Missing
    if not 1 <= min(old, new) <= max(old, new) <= story.version:
        raise Missing
    wanted = _by_whom(StoryVersion, *_OF_VERSION, StoryVersion.body)
    rows = {
        row.number: row
        for row in db.session.execute(
            wanted.where(StoryVersion.story_id == story.id, StoryVersion.number.in_((old, new)))
        )
    }
    if not {old, new} <= rows.keys():
        raise Missing
    return Comparison(
        ref_of(story.id),
        story.title,
        _version(actor, rows[old]),
        _version(actor, rows[new]),
        StoryText.load(rows[old].body),
        StoryText.load(rows[new].body),
    )
