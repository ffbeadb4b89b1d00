"""Things that other rooms point at: their kinds, what they are called, and what they settle."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor
from pilot.core.words import Message


@dataclass(frozen=True)
class Link:
    """A page by its endpoint; `web` makes the address, so that the domain knows no URLs."""

    endpoint: str
    values: tuple[tuple[str, Any], ...] = ()


def link(endpoint: str, **values: Any) -> Link:
    return Link(endpoint, tuple(values.items()))


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


#: What can be pointed at. One table a process, as the policy's.
KINDS: dict[str, Kind] = {}


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


# --- conditions that nobody types in -----------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How far a condition has come, as the data say: its state's code and the reason in words."""

    state: str
    words: Message


@dataclass(frozen=True)
class Settles:
    """What settles a condition: a number that everyone may know, and what it says."""

    number: Callable[[], ScalarSelect[Any]]
    says: Callable[[Any], Standing]


STANDINGS: dict[str, Settles] = {}
