"""What a slice offers to the pages of others, by kind of thing; filled once, at start.

Overview, search and the seeds ask the registry instead of knowing the slices below them. One
statement per kind of thing, never one per row.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select

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
class Tally:
    """Needs that rest on a few numbers: those of all rooms are asked for in one statement.

    `numbers` are none where the actor has nothing to do with it; `needs` gets their values.
    """

    numbers: Callable[[Actor], Sequence[ScalarSelect[Any]]]
    needs: Callable[[Sequence[Any]], Iterable[Need]]


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
class Hits:
    """What a search finds of one kind: the first rows, how many there are, and where all stand."""

    kind: Message  # in the plural
    rows: tuple[Hit, ...]
    total: int
    all: Link


@dataclass(frozen=True)
class Panel:
    """A part of another slice's page: its template, and the read model that the template shows."""

    template: str
    view: Any


#: A panel for the page of a thing that is named so, or of a room; None: there is nothing to see.
PanelOf = Callable[[Actor, str], Panel | None]


#: A panel for the page of any thing, whatever its kind.
PanelBeside = Callable[[Actor, Thing], Panel | None]


@dataclass(frozen=True)
class PanelRow:
    """A line of a panel: a thing of another room, and how it stands to the page's own."""

    hit: Hit
    said: Message | None = None
    status: tuple[str, str] | None = None  # a thing and a code of states.csv


@dataclass(frozen=True)
class Listing:
    """What a panel with rows shows: the first of them, how many there are, and where all stand."""

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


#: What a slice keeps about a person, by kind of thing: the file they can take along.
Kept = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Reference:
    """What another slice's row is called and where it is read; cleared for the actor."""

    ref: str
    title: str
    link: Link


#: Takes an actor and references, and answers those that the actor may know of; one statement.
Resolver = Callable[[Actor, Iterable[str]], dict[str, Reference]]


@dataclass(frozen=True)
class Audience:
    """People that a message can be sent to, in one or more choices: all vendors; each county."""

    group: Message  # the heading of its choices
    label: Callable[[str], Message]  # what a choice reads as; takes its name, "" where it has none
    options: Callable[[Actor], Iterable[tuple[str, str]]]  # value and name of each choice
    people: Callable[[str], Select[int]]  # the ids of the people of a choice


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
    tallies: list[Tally] = field(default_factory=list)
    search: list[Callable[[Actor, str], Iterable[Hits]]] = field(default_factory=list)
    panels: dict[str, list[PanelOf]] = field(default_factory=dict)  # by the kind of page
    retention: list[Retention] = field(default_factory=list)
    figures: list[Callable[[Actor], Iterable[Figure]]] = field(default_factory=list)
    imports: list[Importer] = field(default_factory=list)
    personal: list[Callable[[Actor], Kept]] = field(default_factory=list)
    seeds: dict[str, list[SeedStep]] = field(default_factory=dict)
    beside: list[PanelBeside] = field(default_factory=list)
    resolvers: dict[str, Resolver] = field(default_factory=dict)
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

    def settles(self, condition: str, standing: Callable[[], Standing]) -> None:
        """Say from the data how far a condition has come."""
        STANDINGS[condition] = standing

    def states_of(self, kind: str, actor: Actor) -> Mapping[str, str]:
        found = self.states.get(kind)
        return found(actor) if found else {}
