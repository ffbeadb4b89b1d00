"""What a slice tells of itself in numbers: what needs someone, and figures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor
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
class Figure:
    """A number of the overview and the status report, and the list behind it; cleared."""

    words: Message
    number: int
    link: Link | None = None


@dataclass(frozen=True)
class Tally:
    """Needs that rest on a few numbers: those of all rooms are asked for in one statement.

    `numbers` are none where the actor has nothing to do with it; `needs` gets their values.
    """

    numbers: Callable[[Actor], Sequence[ScalarSelect[Any]]]
    needs: Callable[[Sequence[Any]], Iterable[Need]]
