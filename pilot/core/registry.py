"""What a slice offers to the pages of others, by kind of thing; filled once, at start.

Overview, search and the seeds ask the registry instead of knowing the slices below them. One
statement per kind of thing, never one per row.
"""

from collections.abc import Callable, Iterable
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
class Figure:
    """A number of the overview and the status report, and the list behind it; cleared."""

    words: Message
    number: int
    link: Link | None = None


@dataclass(frozen=True)
class Hit:
    """A search row, already cleared for the actor."""

    title: str
    ref: str
    link: Link
    lang: str | None = None


@dataclass(frozen=True)
class Hits:
    """What a search finds of one kind: the first rows, how many there are, and where all stand."""

    kind: Message  # in the plural
    rows: tuple[Hit, ...]
    total: int
    all: Link


@dataclass(frozen=True)
class PanelRow:
    """A line of a panel: a thing of another room, and how it stands to the page's own."""

    hit: Hit
    said: Message | None = None
    status: tuple[str, str] | None = None  # a thing and a code of states.csv


@dataclass(frozen=True)
class Panel:
    """What a room shows on the page of a thing of a room below it, cleared for the actor."""

    title: Message
    rows: tuple[PanelRow, ...]
    total: int
    all: Link
    empty: Message  # where there are no rows


@dataclass(frozen=True)
class Retention:
    """Personal data a slice keeps: shown on the privacy page."""

    what: Message
    why: Message
    deleted: Message


@dataclass(frozen=True)
class SeedStep:
    """A step of `flask pilot seed …`; runs in the order slices register."""

    name: str
    run: Callable[[str], int]  # takes the shared password hash, answers how many rows it added


@dataclass
class Registry:
    needs: list[Callable[[Actor], Iterable[Need]]] = field(default_factory=list)
    search: list[Callable[[Actor, str], Iterable[Hits]]] = field(default_factory=list)
    #: By the kind of thing that the page is about; each takes the thing's key.
    panels: dict[str, list[Callable[[Actor, str], Panel]]] = field(default_factory=dict)
    retention: list[Retention] = field(default_factory=list)
    figures: list[Callable[[Actor], Iterable[Figure]]] = field(default_factory=list)
    seeds: dict[str, list[SeedStep]] = field(default_factory=dict)

    def panel(self, kind: str, make: Callable[[Actor, str], Panel]) -> None:
        self.panels.setdefault(kind, []).append(make)

    def panels_of(self, kind: str, actor: Actor, key: str) -> tuple[Panel, ...]:
        """What the rooms above show of a thing; one statement each."""
        return tuple(make(actor, key) for make in self.panels.get(kind, ()))

    def seed(self, name: str, step: str, run: Callable[[str], int]) -> None:
        self.seeds.setdefault(name, []).append(SeedStep(step, run))
