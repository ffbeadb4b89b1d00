"""Handling a story: from state to state, and out to everyone."""

from pilot.core import audit, clock
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import Message, say
from pilot.stories import queries
from pilot.stories.models import Story
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import MOVES, PUBLISHABLE, PUBLISHED, StoryState, may_move, zone_of
from pilot.stories.service.steps import (
    Stale,
    move,
    reason_given,
    refuse_faults,
    signal,
    step,
    tell_owner,
)


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
        raise Stale(say("Noen har endret historien siden du åpnet siden. Se over den på nytt."))
    if not may_move(story.state, to, is_published=story.published_at is not None):
        raise Conflict(_not_from_here(story, to))
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
    if story.published_at is not None:
        raise Conflict(say("Historien er allerede publisert."))
    if revision is not None and revision != story.revision:
        raise Stale(say("Noen har endret historien siden du åpnet siden. Se over den på nytt."))
    if story.state not in PUBLISHABLE:
        raise Conflict(say("Bare historier som er tatt inn, kan publiseres."))
    story.published_at = story.changed_at = clock.now()
    story.published_version = story.version
    story.zone = zone_of(story.state, is_published=True)
    story.revision += 1
    uid = audit.record(actor, "story published", story, version=story.version)
    step(actor, story, PUBLISHED)
    tell_owner(actor, story, PUBLISHED, uid)
    signal(story)
    return story


def _not_from_here(story: Story, to: StoryState) -> Message:
    if story.published_at is not None:
        return say("Historien er publisert og kan ikke få en annen status.")
    if story.state is to:
        return say("Historien har allerede denne statusen. Last siden på nytt for å se den.")
    return say("Historien har fått en annen status siden du åpnet siden. Last siden på nytt.")
