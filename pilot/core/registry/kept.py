"""What a slice keeps about people, whom it can write to, and how it is filled."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from pilot.core.policy import Actor
from pilot.core.words import Message


@dataclass(frozen=True)
class Retention:
    """Personal data a slice keeps: shown on the privacy page."""

    what: Message
    why: Message
    deleted: Message


#: What a slice keeps about a person, by kind of thing: the file they can take along.
Kept = dict[str, list[dict[str, Any]]]


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
