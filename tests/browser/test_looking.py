"""The eye that looks at every page sees what is wrong in one row of many, and in the next page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.looks import Looks, looks_right

ROW = '<tr><td class="plain">Alta</td><td><a href="/a">Åpne</a></td></tr>'
FAULTS = [
    '<tr><td class="plain">Alta</td><td><a href="/a"></a></td></tr>',
    '<tr><td class="faint">Alta</td><td><a href="/a">Åpne</a></td></tr>',
    '<tr><td class="plain">Alta<img src="data:,"></td><td><a href="/a">Åpne</a></td></tr>',
    '<tr><td class="plain" aria-hidden="true">Alta</td><td><input></td></tr>',
]


def _page(rows: str, more: str = "") -> str:
    return f"""<!doctype html><html lang="nb"><head><title>Kommuner</title>
    <style>.faint {{ color: #ccc }} a {{ display: inline-block; padding: 1rem }}</style></head>
    <body><header><a href="/">Forsiden</a></header>
    <main><h1>Kommuner</h1><table><tbody>{rows}</tbody></table></main>{more}</body></html>"""


@pytest.fixture
def page(browse: Callable[..., Page], monkeypatch) -> Page:
    monkeypatch.setattr(Looks, "taken", set())
    page = browse()
    page.set_content(_page(ROW * 50))
    looks_right(page)
    return page


@pytest.mark.parametrize("fault", FAULTS)
def test_one_row_of_fifty_is_wrong(page: Page, fault: str) -> None:
    page.set_content(_page(ROW * 20 + fault + ROW * 29))
    with pytest.raises(AssertionError, match="axe on"):
        looks_right(page)


def test_what_is_wrong_around_pages_that_were_right(page: Page) -> None:
    page.set_content(_page(ROW, more="<footer><button></button></footer>"))
    with pytest.raises(AssertionError, match="button-name"):
        looks_right(page)


def test_wrong_colours_at_night_alone(page: Page) -> None:
    night = "<style>@media (prefers-color-scheme: dark) { h1 { color: #333; } "
    night += "html { background: #222; } }</style>"
    page.set_content(_page(ROW, more=night))
    looks_right(page)
    page.emulate_media(color_scheme="dark")
    with pytest.raises(AssertionError, match="color-contrast"):
        looks_right(page)


def test_what_has_passed_is_not_asked_again(page: Page) -> None:
    before = set(Looks.taken)
    page.set_content(_page(ROW * 9))
    looks_right(page)
    assert Looks.taken == before
    page.set_content(_page(ROW * 9 + "<tr><td>Ingen</td><td></td></tr>"))
    looks_right(page)
    assert len(Looks.taken - before) == 2  # another table, on a desk and on a phone


def test_what_sticks_out(page: Page) -> None:
    page.set_content(_page(ROW.replace("Alta", "A" * 99)))
    with pytest.raises(AssertionError, match="scrolls sideways"):
        looks_right(page)
