"""Handling a story: from state to state, and out to everyone."""

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say
from pilot.stories import queries
from pilot.stories.models import Story
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import (
    MOVES,
    PUBLISHED,
    StoryState,
    why_not_delete,
    why_not_move,
    why_not_publish,
    zone_of,
)
from pilot.stories.service.steps import (
    SEEN_EARLIER,
    Stale,
    move,
    reason_given,
    refuse_faults,
    signal,
    step,
    tell_owner,
)
from pilot.stories.service.words import forget


@command
def move_story(
    actor: Actor, story_id: int, *, to: StoryState, reason: str = "", revision: int | None = None
) -> Story:
    """Take a story to another state; to return or turn down, a reason is owed.

    Raises Conflict when the state does not allow it, or the story changed since the form was
    opened; the owner of a story that KS has moved gets a mail.
    """
    story = queries.visible_story(actor, story_id, for_update=True)
    way = MOVES.get(to)
    if way is None:
        raise Rejected(say("Velg en status som historien kan få."), "to")
    require(actor, StoryPermission.OWN if way.by_owner else StoryPermission.REVIEW, story)
    if revision is not None and revision != story.revision:
        raise Stale(SEEN_EARLIER)
    fault = why_not_move(story.state, to, is_published=story.published_at is not None)
    if fault:
        raise Conflict(fault)
    reason = reason_given(reason, needed=way.needs_reason)
    if to is StoryState.SUBMITTED:
        refuse_faults(queries.text_of(story), submit=True)
    move(actor, story, to, reason=reason)
    return story


@command
def publish_story(actor: Actor, story_id: int, *, revision: int | None = None) -> Story:
    """Show a story to everyone, all vendors at the same moment. It is not taken back."""
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.PUBLISH, story)
    fault = why_not_publish(story.state, is_published=story.published_at is not None)
    if fault:
        raise Conflict(fault)
    if revision is not None and revision != story.revision:
        raise Stale(SEEN_EARLIER)
    story.published_at = story.changed_at = clock.now()
    story.published_version = story.version
    story.zone = zone_of(story.state, is_published=True)
    story.revision += 1
    uid = audit.record(actor, "story published", story, version=story.version)
    step(actor, story, PUBLISHED)
    tell_owner(actor, story, PUBLISHED, uid)
    signal(story)
    return story


@command
def delete_draft(actor: Actor, story_id: int, *, revision: int | None = None) -> None:
    """Remove a draft that was never sent in, with all its text; the trail keeps that it was there.

    Raises Conflict once the story has been sent in: from then on it is withdrawn instead.
    """
    story = queries.visible_story(actor, story_id, for_update=True)
    require(actor, StoryPermission.OWN, story)
    fault = why_not_delete(story.state, version=story.version)
    if fault:
        raise Conflict(fault)
    if revision is not None and revision != story.revision:
        raise Stale(SEEN_EARLIER)
    audit.record(actor, "story deleted", story)
    forget(story)
    for row in queries.parts_of(story.id):
        db.session.delete(row)
    db.session.flush()  # before the story that they belong to
    db.session.delete(story)
