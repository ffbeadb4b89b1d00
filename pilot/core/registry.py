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


#: What a slice keeps about a person, by kind of thing: the file they can take along.
Kept = dict[str, list[dict[str, Any]]]


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
    personal: list[Callable[[Actor], Kept]] = field(default_factory=list)
    seeds: dict[str, list[SeedStep]] = field(default_factory=dict)

    def seed(self, name: str, step: str, run: Callable[[str], int]) -> None:
        self.seeds.setdefault(name, []).append(SeedStep(step, run))
