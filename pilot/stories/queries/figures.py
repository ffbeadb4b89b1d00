"""Numbers about stories for overviews, over what the actor may see."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.policy import Actor, Zone
from pilot.core.policy.zones import clause, ours
from pilot.core.readers import ids_of, made_once
from pilot.core.tallies import first_of, number_of
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
    return tuple(Place(*row) for row in db.session.execute(_places(actor), ids_of(actor)))


@made_once
def _places(actor: Actor) -> Select[*tuple[Any, ...]]:
    counted = (
        select(Story.organisation_id, func.count().label("n"))
        .where(Story.zone == Zone.PUBLIC, clause(actor, Story))
        .group_by(Story.organisation_id)
        .subquery()
    )
    return (
        select(Municipality.number, Municipality.name_unique, County.name, counted.c.n)
        .join(Organisation, Organisation.municipality_number == Municipality.number)
        .join(counted, counted.c.organisation_id == Organisation.id)
        .join(County, County.number == Municipality.county_number)
        .order_by(County.sort_key, Municipality.sort_key, Municipality.number)
    )


Numbers = tuple[ScalarSelect[Any], ...]


def waiting(
    actor: Actor, states: frozenset[StoryState], *, own: bool = False, unpublished: bool = False
) -> Numbers:
    """How many stories stand in some states, and since when the first has; `own` keeps to the
    actor's organisation."""
    found = [clause(actor, Story), Story.state.in_(states)]
    if own:
        found.append(Story.organisation_id == actor.organisation_id)
    if unpublished:
        found.append(Story.zone != Zone.PUBLIC)
    return number_of(Story.id, *found), first_of(Story.state_since, *found)


def read_by(actor: Actor) -> Numbers:
    """How many stories the actor finds in the list."""
    return (number_of(Story.id, *_listed(actor)),)


def published(actor: Actor) -> Numbers:
    """How many stories everyone may read, and how many municipalities they come from."""
    found = (Story.zone == Zone.PUBLIC, *_listed(actor))
    # From the municipalities, which are few, to their stories, which an index finds.
    has_one = select(Story.id).where(Story.organisation_id == Organisation.id, *found).exists()
    places = (
        select(func.count(Organisation.id))
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(Municipality.is_invented.is_(False), has_one)
    )
    return number_of(Story.id, *found), places.scalar_subquery()


def _listed(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    is_own = Story.organisation_id == ours(actor)
    return clause(actor, Story), or_(Story.state.not_in(RESTING), is_own)


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
    groups = db.session.execute(_groups(actor), ids_of(actor)).all()
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


@made_once
def _groups(actor: Actor) -> Select[*tuple[Any, ...]]:
    parts = (Story.state, Story.from_setting, Story.to_setting)
    return select(*parts, func.count()).where(*_listed(actor)).group_by(*parts)
