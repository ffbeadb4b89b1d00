"""What a slice offers to the pages of others, by kind of thing; filled once, at start.

Overview, search and the seeds ask the registry instead of knowing the slices below them. One
statement per kind of thing, never one per row; numbers and searches of all slices share one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pilot.core.imports import Importer
from pilot.core.policy import Actor
from pilot.core.registry.counted import (
    Bars,
    Counted,
    Figure,
    Need,
    Note,
    Step,
    Survey,
    Tally,
    follows_all,
)
from pilot.core.registry.found import Found, Hit, Hits, Search
from pilot.core.registry.kept import Audience, Kept, Retention, SeedStep, StatesOf
from pilot.core.registry.shown import Listing, Panel, PanelBeside, PanelOf, PanelRow
from pilot.core.registry.things import (
    KINDS,
    STANDINGS,
    Kind,
    Link,
    Resolve,
    Settles,
    Standing,
    Subject,
    Thing,
    link,
    resolve,
)
from pilot.core.words import Message

__all__ = [
    "KINDS",
    "STANDINGS",
    "Audience",
    "Bars",
    "Counted",
    "Figure",
    "Found",
    "Hit",
    "Hits",
    "Kept",
    "Link",
    "Listing",
    "Need",
    "Note",
    "Panel",
    "PanelRow",
    "Registry",
    "Retention",
    "Search",
    "Settles",
    "Standing",
    "Step",
    "Subject",
    "Survey",
    "Tally",
    "Thing",
    "follows_all",
    "link",
    "resolve",
]


@dataclass
class Registry:
    needs: list[Callable[[Actor], Iterable[Need]]] = field(default_factory=list)
    tallies: list[Tally[Need]] = field(default_factory=list)
    figures: list[Tally[Figure]] = field(default_factory=list)
    steps: list[Tally[Step]] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    search: list[Search] = field(default_factory=list)
    panels: dict[str, list[PanelOf]] = field(default_factory=dict)  # by the kind of page
    retention: list[Retention] = field(default_factory=list)
    imports: list[Importer] = field(default_factory=list)
    personal: list[Callable[[Actor], Kept]] = field(default_factory=list)
    seeds: dict[str, list[SeedStep]] = field(default_factory=dict)
    beside: list[PanelBeside] = field(default_factory=list)
    audiences: dict[str, Audience] = field(default_factory=dict)
    states: dict[str, StatesOf] = field(default_factory=dict)  # by the kind of thing

    def panel(self, kind: str, make: PanelOf) -> None:
        self.panels.setdefault(kind, []).append(make)

    def panels_of(self, kind: str, actor: Actor, name: str = "") -> tuple[Panel, ...]:
        """What other rooms show on this page to this actor; one statement each."""
        made = (make(actor, name) for make in self.panels.get(kind, ()))
        return tuple(panel for panel in made if panel is not None)

    def seed(self, name: str, step: str, run: Callable[[str], int]) -> None:
        self.seeds.setdefault(name, []).append(SeedStep(step, run))

    def kind(self, name: str, words: Message, resolve: Resolve) -> None:
        KINDS[name] = Kind(words, resolve)

    def settles(self, condition: str, settles: Settles) -> None:
        """Say from the data how far a condition has come."""
        STANDINGS[condition] = settles

    def states_of(self, kind: str, actor: Actor) -> Mapping[str, str]:
        found = self.states.get(kind)
        return found(actor) if found else {}
