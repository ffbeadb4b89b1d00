"""What a slice tells of itself in numbers: what needs someone, figures, steps and charts.

The numbers of all slices are asked for in one statement, and so are the rows of all charts
(`core.tallies`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ScalarSelect, SelectBase

from pilot.core.policy import Actor, OrganisationKind, Programme
from pilot.core.registry.things import Link
from pilot.core.words import Message


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
class Note:
    """What a figure is worth a second look for; by words and colour both."""

    words: Message
    color: str
    icon: str


@dataclass(frozen=True)
class Figure:
    """A number of the overview and the status report, and the list behind it; cleared."""

    words: Message
    number: int
    link: Link | None = None
    of: int | None = None  # how many there are in all, where that says something
    note: Note | None = None
    order: int = 50


@dataclass(frozen=True)
class Step:
    """A step of the work from need to recommendation, as far as everyone may know."""

    order: int
    title: Message
    words: Message
    has_begun: bool
    unsettled: Message | None = None  # what is not decided before this step is taken


T = TypeVar("T")


@dataclass(frozen=True)
class Tally(Generic[T]):
    """Something told from a few numbers: those of all rooms are asked for in one statement.

    `numbers` are none where there is nothing to tell the actor; `says` gets their values.
    """

    numbers: Callable[[Actor], Sequence[ScalarSelect[Any]]]
    says: Callable[[Actor, Sequence[Any]], Iterable[T]]


def follows_all(actor: Actor) -> bool:
    """Whose overview shows how the whole programme goes: KS, the national provider, and the
    steering group. What they see of it is cleared as ever."""
    in_group = Programme.STEERING_GROUP in actor.programme and not actor.vendor_ties
    return actor.is_ks or in_group or actor.kind is OrganisationKind.NATIONAL_PROVIDER


@dataclass(frozen=True)
class Bars:
    """A chart: what its numbers say now, and the rows; the first values are the ones drawn."""

    title: Message
    subtitle: Message
    columns: tuple[Message, ...]  # of the label, and of each value
    rows: tuple[tuple[Any, ...], ...]
    drawn: int = 1  # how many of the values are drawn, one after the other in each bar
    start: tuple[Message, Link] | None = None  # what the reader can do where there are no rows


Counted = tuple[str, int, int, int]


@dataclass(frozen=True)
class Survey:
    """A chart of the overview, from a select of a code and three numbers, of which some may be
    noughts (`core.tallies`).

    The rows of all charts are asked for in one statement; None: it is nothing for this actor.
    """

    id: str  # in its address, and on the page
    rows: Callable[[Actor], SelectBase | None]
    says: Callable[[Actor, Sequence[Counted]], Bars]
    order: int = 50
    is_open: bool = False  # stands on the public status page too
