"""What a search of the whole site finds, by kind of thing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select

from pilot.core.policy import Actor
from pilot.core.registry.things import Link
from pilot.core.words import Message


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


class Found(NamedTuple):
    """A row that holds the words: what it is known by, what it is called, and in which language."""

    key: str
    title: str
    lang: str


@dataclass(frozen=True)
class Search:
    """A kind of thing that the search of the whole site looks among; every select is cleared for
    the actor (`core.finding`).

    A short table is read whole: `rows` gives its `finding.lines` for a reader and a language. A
    long one, or a number that names a thing, is asked for by `asks`, as `finding.first`; None: it
    has nothing to ask for in the words.
    """

    kind: Message  # in the plural
    hit: Callable[[Found], Hit]
    all: Callable[[str], Link]
    rows: Callable[[Actor, str], Select[Any]] | None = None
    asks: Callable[[Actor, str], Select[Any] | None] | None = None
    holds: Callable[[Found, str], bool] | None = None  # where a row has no line to look in
    most: int = 5
