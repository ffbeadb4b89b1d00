"""What a slice shows in the pages of others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pilot.core.policy import Actor
from pilot.core.registry.found import Hit
from pilot.core.registry.things import Link, Thing
from pilot.core.words import Message


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
