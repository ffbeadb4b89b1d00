"""Storing many rows beside a site that serves."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from pilot.core.unit import unit_of_work

T = TypeVar("T")

PAUSE = 0.12  # seconds; SQLite's writers look for a free moment every tenth of a second


def in_pieces(wanted: Sequence[T], store: Callable[[Sequence[T]], object], size: int = 100) -> int:
    """Store some in each unit of work, so that a running site's writers get in between.

    Answers how many there were.
    """
    for begin in range(0, len(wanted), size):
        with unit_of_work():
            store(wanted[begin : begin + size])
        time.sleep(PAUSE)
    return len(wanted)


def one_by_one(store: Callable[[T], object]) -> Callable[[Sequence[T]], None]:
    """For `in_pieces`: what stores one row, for several."""

    def store_all(rows: Sequence[T]) -> None:
        for row in rows:
            store(row)

    return store_all
