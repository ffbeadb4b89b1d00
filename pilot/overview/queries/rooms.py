"""Read models that join several rooms, for one page each."""

from dataclasses import dataclass, replace

from pilot.catalogue import queries as catalogue
from pilot.core.policy import Actor
from pilot.core.registry import Need, Panel, Registry
from pilot.core.tallies import needs_of
from pilot.municipalities import queries as register
from pilot.municipalities.queries import MunicipalityFacts
from pilot.overview.maps import StoryMap, story_map
from pilot.stories import queries as stories
from pilot.stories.queries import Facets, Place, StoryRow, Waiting

LATEST = 6
OWN = 8
OF_MUNICIPALITY = 20


@dataclass(frozen=True)
class PublicView:
    """What everyone may see: published stories, where they come from, the catalogue's size."""

    facets: Facets
    map: StoryMap
    latest: tuple[StoryRow, ...]
    municipalities: int
    solutions: int
    panels: tuple[Panel, ...] = ()

    @property
    def published(self) -> int:
        return self.facets.total


@dataclass(frozen=True)
class Dashboard:
    """What an actor's overview shows."""

    needs: tuple[Need, ...]
    facets: Facets
    waiting: Waiting | None  # of the municipality that reads
    map: StoryMap | None  # none for a municipality: it comes for its own
    own: tuple[StoryRow, ...]
    latest: tuple[StoryRow, ...]  # what others have published, instead of the map
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class MunicipalityPage:
    facts: MunicipalityFacts
    stories: tuple[StoryRow, ...]
    panels: tuple[Panel, ...]


def public_view() -> PublicView:
    """The public pages show what a guest may see, whoever looks."""
    guest = Actor()
    return PublicView(
        facets=stories.facets(guest),
        map=story_map(stories.published_places(guest)),
        latest=stories.latest(guest, LATEST),
        municipalities=register.how_many(),
        solutions=len(catalogue.solution_names()),
    )


def country_map(registry: Registry) -> StoryMap:
    """Published stories, and municipalities that have agreed to be shown in the pilots' round."""
    guest = Actor()
    told = {place.municipality_number: place.stories for place in stories.published_places(guest)}
    states = registry.states_of("municipality", guest)
    places = (
        Place(one.number, one.name_unique, one.county, told.get(one.number, 0))
        for one in register.names()
        if one.number in told or one.number in states
    )
    return story_map(tuple(places), tuple(sorted(states.items())))


def dashboard(actor: Actor, registry: Registry) -> Dashboard:
    number = actor.municipality_number
    return Dashboard(
        needs=needs(actor, registry),
        facets=stories.facets(actor),
        waiting=stories.waiting(actor, own=True) if number else None,
        map=None if number else story_map(stories.published_places(actor)),
        own=stories.of_organisation(actor, number, OWN) if number else (),
        latest=stories.latest(actor, LATEST) if number else (),
        panels=registry.panels_of("dashboard", actor),
    )


def front(registry: Registry) -> PublicView:
    """The front page: the same, and what other rooms show to everyone."""
    return replace(public_view(), panels=registry.panels_of("front", Actor()))


def needs(actor: Actor, registry: Registry) -> tuple[Need, ...]:
    """What needs the actor now, from every room; what has waited longest comes first."""
    found = [need for rule in registry.needs for need in rule(actor)]
    found += needs_of(actor, registry.tallies)
    return tuple(sorted(found, key=lambda need: (need.since is None, need.since or 0)))


def municipality_page(actor: Actor, registry: Registry, number: str) -> MunicipalityPage:
    facts = register.municipality(number)
    told = stories.of_organisation(actor, number, OF_MUNICIPALITY)
    return MunicipalityPage(facts, told, registry.panels_of("municipality", actor, number))
