"""A page of a long list: which rows, how many, and where the next ones are."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PAGE_SIZE = 50


def within(number: int, total: int, size: int = PAGE_SIZE) -> int:
    """The page that is shown when `number` is asked for: beyond an end, the one at that end."""
    return min(max(number, 1), pages_of(total, size))


def pages_of(total: int, size: int = PAGE_SIZE) -> int:
    """How many pages there are; an empty list has one."""
    return max(1, -(-total // size))


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: tuple[T, ...]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return pages_of(self.total, self.size)

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)
