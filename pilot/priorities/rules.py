"""States of the priority list, orders, and what differs between two of them; plain Python."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pilot.stories.rules import StoryState

ITEMS_MOST = 200
REASON_MAX = 300
NOTE_MAX = 4_000
FIELD_MAX = 2_000


class ListState(StrEnum):
    PROPOSED = "proposed"
    BEFORE_STEERING_GROUP = "before_steering_group"
    RETURNED = "returned"
    DECIDED = "decided"
    RELEASED = "released"


S = ListState
#: While KS orders; in the other states the order stands as the steering group has it.
IN_ORDERING = frozenset({S.PROPOSED, S.RETURNED})
#: What the steering group reads: what is put before it, and what it has decided.
BEFORE_GROUP = frozenset({S.BEFORE_STEERING_GROUP, S.DECIDED})
#: Stories that may stand on the list: taken in by KS, and not turned down since.
ELIGIBLE = frozenset({StoryState.READY, StoryState.PRIORITISED, StoryState.IN_PILOT})


class Verb(StrEnum):
    """What is done to the list as a whole."""

    STARTED = "started"
    PUT = "put"
    TAKEN_BACK = "taken_back"
    APPROVED = "approved"
    RETURNED = "returned"
    RELEASED = "released"


class MoveKind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """How the steering group treated a list: who met, who was impartial, who disagreed."""

    reason: str = ""
    attendance: str = ""
    impartiality: str = ""
    dissent: str = ""


def within_order(to: int, length: int) -> int:
    """A place, counted from 1; beyond the ends is the end."""
    return min(max(to, 1), length)


def moved(order: Sequence[int], one: int, to: int) -> list[int]:
    """The same order with one of them at a place."""
    rest = [other for other in order if other != one]
    rest.insert(within_order(to, len(order)) - 1, one)
    return rest


class ChangeKind(StrEnum):
    NEW = "new"
    UP = "up"
    DOWN = "down"
    SAME = "same"
    OUT = "out"


@dataclass(frozen=True)
class Change:
    """How a story's place differs between two orders."""

    story_id: int
    kind: ChangeKind
    was: int | None
    now: int | None

    @property
    def places(self) -> int:
        return abs((self.was or 0) - (self.now or 0))


def compare(old: Sequence[int], new: Sequence[int]) -> tuple[Change, ...]:
    """Every story of either order: those in the new one by their place, then those that are out."""
    return tuple(_changes(old, new))


def _changes(old: Sequence[int], new: Sequence[int]) -> Iterator[Change]:
    was = {story: place for place, story in enumerate(old, 1)}
    for place, story in enumerate(new, 1):
        before = was.pop(story, None)
        yield Change(story, _kind(before, place), before, place)
    yield from (Change(story, ChangeKind.OUT, place, None) for story, place in was.items())


def _kind(before: int | None, now: int) -> ChangeKind:
    if before is None:
        return ChangeKind.NEW
    if before == now:
        return ChangeKind.SAME
    return ChangeKind.UP if now < before else ChangeKind.DOWN
