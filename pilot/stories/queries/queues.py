"""What waits for the same thing as the story just handled: the next one, and how many there are."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from pilot.core.db import db
from pilot.core.policy import Actor, allows
from pilot.core.policy.zones import clause
from pilot.stories.models import Story
from pilot.stories.permissions import StoryPermission
from pilot.stories.queries.lists import not_judged
from pilot.stories.rules import PUBLISHABLE, WAITS_FOR_KS, Queue, ref_of

ASKED: dict[Queue, StoryPermission] = {
    Queue.REVIEW: StoryPermission.REVIEW,
    Queue.PUBLISH: StoryPermission.PUBLISH,
    Queue.ASSESS: StoryPermission.ASSESS,
}


@dataclass(frozen=True)
class Upcoming:
    """The story that has waited longest, and how many wait in all; no ref when none does."""

    queue: Queue
    ref: str
    title: str
    language: str
    left: int


def upcoming(actor: Actor, queue: Queue, *, after: int) -> Upcoming | None:
    """What is next in a queue that is the actor's own to work on, in one statement."""
    if not allows(actor, ASKED[queue]):
        return None
    found = db.session.execute(
        select(Story.id, Story.title, Story.language, func.count().over().label("left"))
        .where(*_waiting(actor, queue), Story.id != after)
        .order_by(Story.state_since.asc(), Story.id.asc())
        .limit(1)
    ).first()
    if found is None:
        return Upcoming(queue, "", "", "", 0)
    return Upcoming(queue, ref_of(found.id), found.title, found.language, found.left)


def _waiting(actor: Actor, queue: Queue) -> tuple[ColumnElement[bool], ...]:
    if queue is Queue.ASSESS:
        return not_judged(actor)
    states = WAITS_FOR_KS if queue is Queue.REVIEW else PUBLISHABLE
    return clause(actor, Story), Story.state.in_(states), Story.published_at.is_(None)
