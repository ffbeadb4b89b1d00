"""Lists in pages: where the other pages are, and the same list without one filter."""

from typing import Generic, TypeVar

from flask import request, url_for

from pilot.core.pages import Page

T = TypeVar("T")
PAGE_ARG = "side"


class Paged(Generic[T]):
    """A page of rows that knows the addresses of its neighbours; filters stay in the address."""

    def __init__(self, page: Page[T]) -> None:
        self.rows = page.rows
        self.number, self.pages = page.number, page.pages
        self.first, self.last, self.total = page.first, page.last, page.total

    def url(self, number: int) -> str:
        return here_with(**{PAGE_ARG: str(number)})


def here_with(**changes: str) -> str:
    """This page's address with some arguments set; an empty one is left out."""
    args = request.args.to_dict(flat=False) | {key: [value] for key, value in changes.items()}
    kept: dict[str, list[str]] = {k: [v for v in vs if v] for k, vs in args.items()}
    return url_for(
        request.endpoint or "", **(request.view_args or {}), **{k: v for k, v in kept.items() if v}
    )


def here_without(name: str, value: str) -> str:
    """This page's address without one value of a filter, from the first page on."""
    args = request.args.to_dict(flat=False)
    args.pop(PAGE_ARG, None)
    args[name] = [held for held in args.get(name, []) if held != value]
    kept = {k: [v for v in vs if v] for k, vs in args.items()}
    return url_for(
        request.endpoint or "", **(request.view_args or {}), **{k: v for k, v in kept.items() if v}
    )
