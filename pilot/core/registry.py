"""What a slice offers to the pages of others, by kind of thing; filled once, at start.

Overview, search and the seeds ask the registry instead of knowing the slices below them. One
statement per kind of thing, never one per row.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from pilot.core.imports import Importer
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

    kind: Message
    title: str
    ref: str
    link: Link
    lang: str | None = None


class Thing(NamedTuple):
    """Something that other rooms point at: its kind and its id."""

    kind: str
    id: int


@dataclass(frozen=True)
class Subject:
    """What a thing is called and where it is, for one who may know of it."""

    title: str
    link: Link
    ref: str = ""
    lang: str | None = None


Resolve = Callable[[Actor, Collection[int]], Mapping[int, Subject]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing, and how its ids become titles: one statement for all of them."""

    words: Message
    resolve: Resolve


@dataclass(frozen=True)
class Panel:
    """A piece of another slice's page: its template, and what that shows (as `panel.shows`)."""

    template: str
    shows: Any


@dataclass(frozen=True)
class Standing:
    """How far a condition has come, as the data say: its state's code and the reason in words."""

    state: str
    words: Message


#: What can be pointed at, and what settles a condition that nobody types in. One table a process,
#: as the policy's.
KINDS: dict[str, Kind] = {}
STANDINGS: dict[str, Callable[[], Standing]] = {}


def resolve(actor: Actor, things: Iterable[Thing]) -> dict[Thing, Subject]:
    """Those of the things that the actor may know of; one statement per kind."""
    by_kind: dict[str, set[int]] = {}
    for thing in things:
        by_kind.setdefault(thing.kind, set()).add(thing.id)
    return {
        Thing(kind, found): subject
        for kind, ids in by_kind.items()
        if kind in KINDS
        for found, subject in KINDS[kind].resolve(actor, ids).items()
    }


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
    search: list[Callable[[Actor, str], Iterable[Hit]]] = field(default_factory=list)
    retention: list[Retention] = field(default_factory=list)
    figures: list[Callable[[Actor], Iterable[Figure]]] = field(default_factory=list)
    imports: list[Importer] = field(default_factory=list)
    seeds: dict[str, list[SeedStep]] = field(default_factory=dict)
    #: Panels for the page of any thing, and for pages that are known by a name.
    beside: list[Callable[[Actor, Thing], Panel | None]] = field(default_factory=list)
    on_page: dict[str, list[Callable[[Actor], Panel | None]]] = field(default_factory=dict)

    def seed(self, name: str, step: str, run: Callable[[str], int]) -> None:
        self.seeds.setdefault(name, []).append(SeedStep(step, run))

    def kind(self, name: str, words: Message, resolve: Resolve) -> None:
        KINDS[name] = Kind(words, resolve)

    def settles(self, condition: str, standing: Callable[[], Standing]) -> None:
        """Say from the data how far a condition has come."""
        STANDINGS[condition] = standing
