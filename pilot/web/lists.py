"""Lists in pages: where the other pages are, and the same list without one filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from pilot.core.pages import Page
from pilot.core.search import QUERY_MAX
from pilot.core.text import clean
from pilot.core.words import say
from pilot.web.access import here_asking
from pilot.web.i18n import translate

T = TypeVar("T")
PAGE_ARG = "side"
SEARCH_ARG = "q"
PAGES_MOST = 100_000  # times the page size it still fits a database's integer


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter, and how many rows it would show; None where that is not counted."""

    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter: its name in the address, its legend and its choices."""

    name: str
    legend: str
    options: tuple[Option, ...]
    is_long: bool = False

    @property
    def is_chosen(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def is_useful(self) -> bool:
        """One choice alone narrows nothing."""
        return len(self.options) > 1 or self.is_chosen


def chips_of(groups: Iterable[Group] = ()) -> list[tuple[str, str]]:
    """What is searched for and chosen, each with the list's address without it."""
    searched = []
    if words := search_words():
        everything = here_without(SEARCH_ARG, request.args[SEARCH_ARG])
        searched = [(translate(say("«%(words)s»", words=words)), everything)]
    return searched + [
        (option.label, here_without(group.name, option.value))
        for group in groups
        for option in group.options
        if option.is_chosen
    ]


class Paged(Generic[T]):
    """A page of rows that knows the addresses of its neighbours; filters stay in the address."""

    def __init__(self, page: Page[T]) -> None:
        self.rows = page.rows
        self.number, self.pages = page.number, page.pages
        self.first, self.last, self.total = page.first, page.last, page.total

    def url(self, number: int) -> str:
        return here_with(**{PAGE_ARG: str(number)})


def search_words() -> str:
    """What the address searches for, as far as it is looked at."""
    return " ".join(clean(request.args.get(SEARCH_ARG)).split())[:QUERY_MAX]


def page_number() -> int:
    """The page that the address asks for; a number beyond any list is the last page."""
    return min(max(request.args.get(PAGE_ARG, default=1, type=int), 1), PAGES_MOST)


def here_with(**changes: str) -> str:
    """This page's address with some arguments set; an empty one is left out."""
    args = request.args.to_dict(flat=False) | {key: [value] for key, value in changes.items()}
    return here_asking(args)


def here_without(name: str, value: str) -> str:
    """This page's address without one value of a filter, from the first page on."""
    args = request.args.to_dict(flat=False)
    args.pop(PAGE_ARG, None)
    args[name] = [held for held in args.get(name, []) if held != value]
    return here_asking(args)
