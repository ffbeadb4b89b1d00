"""Which stories are prioritised: those on the official list, and no other."""

from collections.abc import Collection

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say
from pilot.stories.models import Story
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import StoryState
from pilot.stories.service.steps import place

S = StoryState


@command
def prioritise(actor: Actor, story_ids: Collection[int]) -> int:
    """Mark those on a released list as prioritised, and those no longer on it as ready again.

    Every one of them must be published. What has gone on to a pilot stays there. Answers how many
    changed.
    """
    require(actor, StoryPermission.PUBLISH)
    wanted = (Story.id.in_(story_ids) & (Story.state == S.READY)) | (
        Story.id.not_in(story_ids) & (Story.state == S.PRIORITISED)
    )
    changed = db.session.scalars(select(Story).where(wanted).order_by(Story.id).with_for_update())
    count = 0
    for story in changed.all():
        if story.published_at is None:
            raise Conflict(say("Publiser disse historiene først: %(refs)s.", refs=story.ref))
        place(actor, story, S.PRIORITISED if story.state is S.READY else S.READY)
        count += 1
    return count
