"""Numbers about stories for overviews, over what the actor may see."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause
from pilot.municipalities.models import County, Municipality
from pilot.stories.models import Story
from pilot.stories.rules import RESTING, StoryState


class Place(NamedTuple):
    """How many published stories come from a municipality."""

    municipality_number: str
    name: str
    county: str
    stories: int


def published_places(actor: Actor) -> tuple[Place, ...]:
    """Where published stories come from, by county and name; the same for everyone."""
    counted = (
        select(Story.organisation_id, func.count().label("n"))
        .where(Story.zone == Zone.PUBLIC, clause(actor, Story))
        .group_by(Story.organisation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Municipality.number, Municipality.name_unique, County.name, counted.c.n)
        .join(Organisation, Organisation.municipality_number == Municipality.number)
        .join(counted, counted.c.organisation_id == Organisation.id)
        .join(County, County.number == Municipality.county_number)
        .order_by(County.sort_key, Municipality.sort_key, Municipality.number)
    )
    return tuple(Place(*row) for row in rows)


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


@dataclass(frozen=True)
class Facets:
    """How many stories the actor sees in all, by state and by setting: the numbers at filters."""

    total: int
    states: dict[str, int]
    from_settings: dict[str, int]
    to_settings: dict[str, int]
    flows: dict[tuple[str, str], int]


def facets(actor: Actor) -> Facets:
    """The numbers beside the filters: over all that the actor sees, in one statement."""
    is_own = Story.organisation_id == (actor.organisation_id or 0)
    groups = db.session.execute(
        select(Story.state, Story.from_setting, Story.to_setting, func.count())
        .where(clause(actor, Story), or_(Story.state.not_in(RESTING), is_own))
        .group_by(Story.state, Story.from_setting, Story.to_setting)
    ).all()
    states: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    flows: Counter[tuple[str, str]] = Counter()
    for state, source, target, count in groups:
        states[state.value] += count
        sources[source or ""] += count
        targets[target or ""] += count
        if source and target:
            flows[source, target] += count
    return Facets(sum(states.values()), dict(states), dict(sources), dict(targets), dict(flows))
