"""On paper: A4 holds the page, what only works on a screen is gone, and nothing stands twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PAPER = {"width": 672, "height": 970}  # what A4 leaves between the margins, in pixels
SCREEN_ONLY = ".pr-top, .pr-nav, .pr-foot, .pr-filterbox, .pr-searchbar, .pr-pages ol, .pr-actions"


@pytest.fixture
def on_paper(browse: Callable[..., Page]) -> Callable[[str], Page]:
    def open_(path: str) -> Page:
        page = browse(viewport=PAPER)
        page.goto(path)
        page.emulate_media(media="print")
        return page

    return open_


@pytest.mark.parametrize("path", ["/historier", "/kommuner", "/historier/BH-0001", "/losninger"])
def test_a_page_fits_the_paper_without_what_is_for_the_screen(on_paper, path: str) -> None:
    page = on_paper(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    shown = page.locator(SCREEN_ONLY).evaluate_all("all => all.filter(e => e.checkVisibility())")
    assert shown == []


@pytest.mark.parametrize("path", ["/historier", "/kommuner"])
def test_a_list_is_a_table_with_each_row_once(on_paper, path: str) -> None:
    page = on_paper(path)
    assert page.locator("thead th").first.is_visible()
    rows = page.locator("tbody tr")
    links = page.locator("main a:visible").evaluate_all("all => all.map(e => e.href)")
    assert rows.count() >= 45
    assert len(links) == len(set(links))
    # A card's label before a cell would say the heading once more.
    label = "e => getComputedStyle(e, '::before').content"
    assert page.locator("tbody td").first.evaluate(label) == "none"


def test_the_thread_lies_across(on_paper) -> None:
    steps = on_paper("/historier/BH-0001").locator(".pr-thread[data-across] > li")
    tops = steps.evaluate_all("all => all.map(e => Math.round(e.getBoundingClientRect().top))")
    assert len(tops) == 7
    assert len(set(tops)) == 1
