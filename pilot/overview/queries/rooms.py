"""Read models that join several rooms, for one page each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilot.core.policy import Actor
from pilot.core.registry import Bars, Figure, Need, Panel, Registry, Step, Survey
from pilot.core.tallies import surveyed, told
from pilot.core.words import Message, say
from pilot.municipalities import queries as register
from pilot.municipalities.queries import MunicipalityFacts
from pilot.overview.maps import StoryMap, story_map
from pilot.stories import queries as stories
from pilot.stories.queries import Facets, Place, StoryRow

LATEST = 6
OWN = 8
OF_MUNICIPALITY = 20
LIFTED = 8  # figures on the front page, in rows of four
Charts = tuple[tuple[Survey, Bars], ...]


@dataclass(frozen=True, kw_only=True)
class PublicView:
    """What everyone may see, whoever looks: published stories, figures, how far the work is."""

    map: StoryMap
    figures: tuple[Figure, ...]
    steps: tuple[Step, ...]
    panels: tuple[Panel, ...]

    @property
    def lifted(self) -> tuple[Figure, ...]:
        """Those that the front page has room for, in whole rows; those with something to tell come
        first."""
        told = sorted(self.figures, key=lambda figure: not figure.number)[:LIFTED]
        whole = len(told) - len(told) % (LIFTED // 2)
        return tuple(sorted(told[:whole], key=_order))

    @property
    def newest_step(self) -> Step | None:
        """The last of the steps that have begun."""
        return next((step for step in reversed(self.steps) if step.has_begun), None)

    @property
    def unsettled(self) -> tuple[Message, ...]:
        """What is not decided yet, in words."""
        found = tuple(step.unsettled for step in self.steps if step.unsettled)
        return found if len(found) < BOTH else (NOTHING_SETTLED,)


@dataclass(frozen=True, kw_only=True)
class Front(PublicView):
    latest: tuple[StoryRow, ...]


@dataclass(frozen=True, kw_only=True)
class Status(PublicView):
    facets: Facets
    charts: Charts


BOTH = 2
NOTHING_SETTLED = say("Hvilke kommuner og brukerhistorier som prøves ut, er ikke avklart.")


@dataclass(frozen=True)
class Dashboard:
    """What an actor's overview shows."""

    needs: tuple[Need, ...]
    figures: tuple[Figure, ...]
    facets: Facets
    map: StoryMap | None  # none for a municipality: it comes for its own
    own: tuple[StoryRow, ...]
    latest: tuple[StoryRow, ...]  # what others have published, instead of the map
    panels: tuple[Panel, ...]
    charts: Charts


@dataclass(frozen=True)
class MunicipalityPage:
    facts: MunicipalityFacts
    stories: tuple[StoryRow, ...]
    panels: tuple[Panel, ...]


def front(registry: Registry) -> Front:
    return Front(**_for_all(registry, "front"), latest=stories.latest(Actor(), LATEST))


def public_status(registry: Registry) -> Status:
    guest, open_ones = Actor(), [survey for survey in registry.surveys if survey.is_open]
    return Status(
        **_for_all(registry, "status"),
        facets=stories.facets(guest),
        charts=_charts(guest, open_ones),
    )


def _for_all(registry: Registry, page: str) -> dict[str, Any]:
    """The open pages show what a guest may see, whoever looks."""
    guest = Actor()
    figures, steps = told(guest, registry.figures, registry.steps)
    return {
        "map": story_map(stories.published_places(guest)),
        "figures": tuple(sorted(figures, key=_order)),
        "steps": tuple(sorted(steps, key=_order)),
        "panels": registry.panels_of(page, guest),
    }


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
    needs, figures = _told(actor, registry)
    return Dashboard(
        needs=needs,
        figures=figures,
        facets=stories.facets(actor),
        map=None if number else story_map(stories.published_places(actor)),
        own=stories.of_organisation(actor, number, OWN) if number else (),
        latest=stories.latest(actor, LATEST) if number else (),
        panels=registry.panels_of("dashboard", actor),
        charts=_charts(actor, registry.surveys),
    )


def _told(actor: Actor, registry: Registry) -> tuple[tuple[Need, ...], tuple[Figure, ...]]:
    """What needs the actor now, from every room, what has waited longest first; and the figures."""
    needs, figures = told(actor, registry.tallies, registry.figures)
    every = [*needs, *(need for rule in registry.needs for need in rule(actor))]
    every.sort(key=lambda need: (need.since is None, need.since or 0))
    return tuple(every), tuple(sorted(figures, key=_order))


def _order(one: Figure | Step) -> int:
    return one.order


def _says_something(bars: Bars) -> bool:
    return len(bars.rows) > 1 or (bars.drawn > 1 and bool(bars.rows)) or _is_a_beginning(bars)


def _is_a_beginning(bars: Bars) -> bool:
    return not bars.rows and bars.start is not None


def _charts(actor: Actor, surveys: Sequence[Survey]) -> Charts:
    """The charts that the actor may see, in their order: those with something to compare, and empty
    ones where the reader can do something about it."""
    found: Iterable[tuple[Survey, Bars]] = surveyed(actor, surveys)
    shown = (one for one in found if _says_something(one[1]))
    return tuple(sorted(shown, key=lambda one: one[0].order))


def municipality_page(actor: Actor, registry: Registry, number: str) -> MunicipalityPage:
    facts = register.municipality(number)
    told = stories.of_organisation(actor, number, OF_MUNICIPALITY)
    return MunicipalityPage(facts, told, registry.panels_of("municipality", actor, number))
