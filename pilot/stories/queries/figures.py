"""Numbers about stories for overviews, over what the actor may see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.policy import Actor, Zone
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
    counted = (
        select(Story.organisation_id, func.count().label("n"))
        .where(Story.zone == Zone.PUBLIC, clause(actor, Story))
        .group_by(Story.organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Organisation.municipality_number, counted.c.n).join(
            counted, counted.c.organisation_id == Organisation.id
        )
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
    wanted = (
        select(Story.state, Story.zone, func.count(), func.min(Story.state_since))
        .where(clause(actor, Story))
        .group_by(Story.state, Story.zone)
    )
    if own:
        wanted = wanted.where(Story.organisation_id == actor.organisation_id)
    return Waiting(
        tuple(
            (s, zone is Zone.PUBLIC, n, since) for s, zone, n, since in db.session.execute(wanted)
        )
    )
