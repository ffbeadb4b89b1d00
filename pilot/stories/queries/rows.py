"""Rows for the commands, cleared for the actor."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, bindparam, select

from pilot.catalogue.models import NationalSolution
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.policy.zones import clause
from pilot.stories.models import Story, StorySolution, StoryStep
from pilot.stories.rules import StoryText, id_of

#: Which story a statement is about, where the statement is made once and sent for any.
STORY: Any = bindparam("story", type_=Integer)


def visible_story(actor: Actor, story_id: int, *, for_update: bool = False) -> Story:
    """A story the actor may know of; another one does not exist for them."""
    wanted = select(Story).where(Story.id == story_id, clause(actor, Story))
    if for_update:
        wanted = wanted.with_for_update()
    story = db.session.scalar(wanted)
    if story is None:
        raise Missing
    return story


def visible_by_ref(actor: Actor, ref: str) -> Story:
    """The same, by the reference that people see: BH-0042."""
    return visible_story(actor, id_of(ref) or 0)


def story_of_form(actor: Actor, form_key: str | None) -> Story | None:
    """The story that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Story).where(Story.author_id == actor.person_id, Story.form_key == form_key)
    )


def text_of(story: Story) -> StoryText:
    """What a row says now, as one text."""
    wished = select(StorySolution.solution_key).where(
        StorySolution.story_id == story.id, StorySolution.is_wished
    )
    return as_text(story, db.session.scalars(wished))


def as_text(story: Story, wished: Iterable[str]) -> StoryText:
    """A row and the keys of the solutions it wishes for, as one text."""
    return StoryText(
        title=story.title,
        role=story.role,
        need=story.need,
        benefit=story.benefit,
        context=story.context,
        criteria=tuple(story.criteria),
        elements=tuple(story.elements),
        solutions=tuple(sorted(wished)),
        from_setting=story.from_setting,
        to_setting=story.to_setting,
        frequency=story.frequency,
        patients_per_year=story.patients_per_year,
        consequence=story.consequence,
        language=story.language,
    )


def solution_links(story_id: int) -> list[StorySolution]:
    return list(db.session.scalars(select(StorySolution).where(StorySolution.story_id == story_id)))


def parts_of(story_id: int) -> list[StorySolution | StoryStep]:
    """The rows that go with a story when it goes; versions never do, and keep it."""
    steps = db.session.scalars(select(StoryStep).where(StoryStep.story_id == story_id))
    return [*solution_links(story_id), *steps]


def solution_link(story_id: int, solution_key: str) -> StorySolution | None:
    return db.session.scalar(
        select(StorySolution).where(
            StorySolution.story_id == story_id, StorySolution.solution_key == solution_key
        )
    )


def solution_exists(key: str) -> bool:
    wanted = select(NationalSolution.id).where(NationalSolution.key == key)
    return db.session.scalar(wanted) is not None
