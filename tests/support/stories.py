"""Stories brought where a test needs them by the site's own commands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.stories import queries, service
from pilot.stories.models import Story
from pilot.stories.rules import MOVES, StoryState, StoryText, ref_of
from tests.support.people import Person
from tests.support.world import World

S = StoryState
REASON = "Skriv hvilke opplysninger det gjelder."

#: The way from nothing to each state: who takes which step.
WAYS: dict[StoryState, tuple[StoryState, ...]] = {
    S.DRAFT: (),
    S.SUBMITTED: (S.SUBMITTED,),
    S.IN_REVIEW: (S.SUBMITTED, S.IN_REVIEW),
    S.READY: (S.SUBMITTED, S.READY),
    S.RETURNED: (S.SUBMITTED, S.RETURNED),
    S.REJECTED: (S.SUBMITTED, S.REJECTED),
    S.WITHDRAWN: (S.WITHDRAWN,),
}
OWNER_STEPS = {S.SUBMITTED, S.WITHDRAWN, S.DRAFT}


@dataclass(frozen=True)
class Told:
    """A story by its number; its row is read anew each time it is asked for."""

    id: int

    @property
    def ref(self) -> str:
        return ref_of(self.id)

    @property
    def path(self) -> str:
        return f"/historier/{self.ref}"

    @property
    def row(self) -> Story:
        db.session.rollback()
        return db.session.get_one(Story, self.id)

    @property
    def text(self) -> StoryText:
        return queries.text_of(self.row)


class Teller:
    """Writes for one municipality; KS answers."""

    def __init__(self, world: World, owner: Person, ks: Person) -> None:
        self.world, self.owner, self.ks = world, owner, ks

    def draft(self, owner: Person | None = None, **fields: Any) -> Told:
        actor = (owner or self.owner).actor
        return Told(service.add_story(actor, self.world.text(**fields)).id)

    def at(self, state: StoryState, owner: Person | None = None, **fields: Any) -> Told:
        """A story in a state, by the way it gets there on the site."""
        story = self.draft(owner, **fields)
        for to in WAYS[state]:
            self.move(story, to, owner)
        return story

    def move(self, story: Told, to: StoryState, owner: Person | None = None) -> None:
        actor = ((owner or self.owner) if to in OWNER_STEPS else self.ks).actor
        service.move_story(actor, story.id, to=to, reason=REASON if MOVES[to].needs_reason else "")

    def published(self, owner: Person | None = None, **fields: Any) -> Told:
        story = self.at(S.READY, owner, **fields)
        service.publish_story(self.ks.actor, story.id)
        return story

    def supported(self, story: Told, *supporters: Person, note: str = "") -> Told:
        """The story with the support of each of them."""
        for one in supporters:
            service.give_support(one.actor, story.id, note=note)
        return story

    def registered(
        self, story: Told, number: str, *, note: str = "", behalf: Behalf | None = None
    ) -> service.Registered:
        """What KS enters for a municipality."""
        return service.register_support(
            self.ks.actor, story.id, number, note=note, behalf=behalf or told()
        )


def told(day: date | None = None, channel: Channel = Channel.PHONE) -> Behalf:
    return Behalf(channel, day or clock.today())
