"""What a slice offers to the pages of others, by kind of thing; filled once, at start.

Overview, search and the seeds ask the registry instead of knowing the slices below them. One
statement per kind of thing, never one per row.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select

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
    front: list[Callable[[Actor], Panel | None]] = field(default_factory=list)
    dashboard: list[Callable[[Actor], Panel | None]] = field(default_factory=list)
    resolvers: dict[str, Resolver] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)

    def seed(self, name: str, step: str, run: Callable[[str], int]) -> None:
        self.seeds.setdefault(name, []).append(SeedStep(step, run))
