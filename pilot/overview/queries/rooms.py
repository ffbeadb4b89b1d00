"""Read models that join several rooms, for one page each."""

from dataclasses import dataclass

from pilot.catalogue import queries as catalogue
from pilot.core.policy import Actor
from pilot.core.registry import Hit, Need, Registry
from pilot.municipalities import queries as register
from pilot.municipalities.queries import MunicipalityFacts
from pilot.overview.maps import StoryMap, story_map
from pilot.stories import queries as stories
from pilot.stories.queries import Facets, StoryRow, Waiting

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

    @property
    def published(self) -> int:
        return self.facets.total


@dataclass(frozen=True)
class Dashboard:
    """What an actor's overview shows."""

    needs: tuple[Need, ...]
    facets: Facets
    waiting: Waiting
    map: StoryMap
    own: tuple[StoryRow, ...]
    latest: tuple[StoryRow, ...]


@dataclass(frozen=True)
class MunicipalityPage:
    facts: MunicipalityFacts
    stories: tuple[StoryRow, ...]


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


def dashboard(actor: Actor, registry: Registry) -> Dashboard:
    number = actor.municipality_number
    return Dashboard(
        needs=needs(actor, registry),
        facets=stories.facets(actor),
        waiting=stories.waiting(actor, own=not actor.is_ks),
        map=story_map(stories.published_places(actor)),
        own=stories.of_organisation(actor, number, OWN) if number else (),
        latest=stories.latest(actor, LATEST),
    )


def needs(actor: Actor, registry: Registry) -> tuple[Need, ...]:
    """What needs the actor now, from every room; what has waited longest comes first."""
    found = [need for rule in registry.needs for need in rule(actor)]
    return tuple(sorted(found, key=lambda need: (need.since is None, need.since or 0)))


def municipality_page(actor: Actor, number: str) -> MunicipalityPage:
    facts = register.municipality(number)
    return MunicipalityPage(facts, stories.of_organisation(actor, number, OF_MUNICIPALITY))


def found(actor: Actor, registry: Registry, q: str) -> tuple[Hit, ...]:
    """Hits from every room, each cleared by the room that found it."""
    if not q.strip():
        return ()
    return tuple(hit for search in registry.search for hit in search(actor, q))
