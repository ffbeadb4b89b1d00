"""What a slice offers to the pages of others, by kind of thing; filled once, at start.

Overview, search and the seeds ask the registry instead of knowing the slices below them. One
statement per kind of thing, never one per row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pilot.core.policy import Actor
from pilot.core.words import Message


@dataclass(frozen=True)
class Link:
    """A page by its endpoint; `web` makes the address, so that the domain knows no URLs."""

    endpoint: str
    values: tuple[tuple[str, Any], ...] = ()


def link(endpoint: str, **values: Any) -> Link:
    return Link(endpoint, tuple(values.items()))


@dataclass(frozen=True)
class Need:
    """One line of «Trenger deg nå»: derived from the data, never typed in."""

    title: Message
    why: Message
    link: Link
    icon: str
    color: str
    since: datetime | None = None


@dataclass(frozen=True)
class Hit:
    """A search row, already cleared for the actor."""

    kind: Message
    title: str
    ref: str
    link: Link
    lang: str | None = None


@dataclass(frozen=True)
class Retention:
    """Personal data a slice keeps: shown on the privacy page."""

    what: Message
    why: Message
    deleted: Message


@dataclass(frozen=True)
class Panel:
    """A part of another slice's page: its template, and the read model that the template shows."""

    template: str
    view: Any


#: A panel for the page of a thing that is named so; None where the actor may see nothing.
PanelOf = Callable[[Actor, str], Panel | None]
#: What the actor may know of the state of things, by their name.
StatesOf = Callable[[Actor], Mapping[str, str]]


@dataclass(frozen=True)
class SeedStep:
    """A step of `flask pilot seed …`; runs in the order slices register."""

    name: str
    run: Callable[[str], int]  # takes the shared password hash, answers how many rows it added


@dataclass
class Registry:
    needs: list[Callable[[Actor], Iterable[Need]]] = field(default_factory=list)
    search: list[Callable[[Actor, str], Iterable[Hit]]] = field(default_factory=list)
    retention: list[Retention] = field(default_factory=list)
    seeds: dict[str, list[SeedStep]] = field(default_factory=dict)
    panels: dict[str, list[PanelOf]] = field(default_factory=dict)  # by the kind of page
    states: dict[str, StatesOf] = field(default_factory=dict)  # by the kind of thing

    def seed(self, name: str, step: str, run: Callable[[str], int]) -> None:
        self.seeds.setdefault(name, []).append(SeedStep(step, run))

    def panel(self, kind: str, make: PanelOf) -> None:
        self.panels.setdefault(kind, []).append(make)

    def panels_of(self, kind: str, actor: Actor, name: str) -> tuple[Panel, ...]:
        """What other slices show on the page of this thing, to this actor."""
        made = (make(actor, name) for make in self.panels.get(kind, ()))
        return tuple(panel for panel in made if panel is not None)

    def states_of(self, kind: str, actor: Actor) -> Mapping[str, str]:
        found = self.states.get(kind)
        return found(actor) if found else {}
