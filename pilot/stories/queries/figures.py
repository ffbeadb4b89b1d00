"""Numbers about stories for overviews, over what the actor may see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.policy.zones import clause
from pilot.stories.models import Story
from pilot.stories.rules import StoryState


@dataclass(frozen=True)
class Place:
    """How many published stories come from a municipality."""

    municipality_number: str
    count: int


def published_places(actor: Actor) -> tuple[Place, ...]:
    """Where published stories come from; the same for everyone."""
    rows = db.session.execute(
        select(Organisation.municipality_number, func.count())
        .join(Story, Story.organisation_id == Organisation.id)
        .where(Story.published_at.is_not(None), clause(actor, Story))
        .group_by(Organisation.municipality_number)
    )
    return tuple(Place(number or "", count) for number, count in rows)


@dataclass(frozen=True)
class Waiting:
    """How many stories stand in each state, published or not, and since when the oldest has."""

    rows: tuple[tuple[StoryState, bool, int, datetime], ...]

    def in_states(
        self, states: frozenset[StoryState], *, unpublished: bool = False
    ) -> tuple[int, datetime | None]:
        held = [r for r in self.rows if r[0] in states and not (unpublished and r[1])]
        return sum(r[2] for r in held), min((r[3] for r in held), default=None)


def waiting(actor: Actor, *, own: bool = False) -> Waiting:
    """The stories by state, in one statement; `own` keeps to the actor's organisation."""
    is_published = Story.published_at.is_not(None)
    wanted = (
        select(Story.state, is_published, func.count(), func.min(Story.state_since))
        .where(clause(actor, Story))
        .group_by(Story.state, is_published)
    )
    if own:
        wanted = wanted.where(Story.organisation_id == actor.organisation_id)
    return Waiting(tuple((s, bool(p), n, since) for s, p, n, since in db.session.execute(wanted)))
