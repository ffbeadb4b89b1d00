"""The eye that looks at every page sees what is wrong in one row of many, and in the next page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.looks import axe, looks_right

ROW = '<tr><td class="plain">Alta</td><td><a href="/a">Åpne</a></td></tr>'
FAULTS = {
    "link-name": '<tr><td class="plain">Alta</td><td><a href="/a"></a></td></tr>',
    "color-contrast": '<tr><td class="faint">Alta</td><td><a href="/a">Åpne</a></td></tr>',
    "image-alt": '<tr><td class="plain">Alta<img src="data:,"></td><td></td></tr>',
    "label": '<tr><td class="plain" aria-hidden="true">Alta</td><td><input></td></tr>',
    "label-content-name-mismatch": '<tr><td><a href="/a" aria-label="Nei">Åpne</a></td></tr>',
}


def _page(rows: str, more: str = "") -> str:
    return f"""<!doctype html><html lang="nb"><head><title>Kommuner</title>
    <style>.faint {{ color: #ccc }} a {{ display: inline-block; padding: 1rem }}</style></head>
    <body><header><a href="/">Forsiden</a></header>
    <main><h1>Kommuner</h1><table><tbody>{rows}</tbody></table></main>{more}</body></html>"""


@pytest.fixture
def page(browse: Callable[..., Page]) -> Page:
    page = browse()
    page.set_content(_page(ROW * 50))
    looks_right(page)
    return page


@pytest.mark.parametrize("fault", FAULTS)
def test_one_row_of_fifty_is_wrong(page: Page, fault: str) -> None:
    page.set_content(_page(ROW * 20 + FAULTS[fault] + ROW * 29))
    with pytest.raises(AssertionError, match=fault):
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


def test_wrong_colours_are_seen_each_time(page: Page) -> None:
    page.set_content(_page(ROW + FAULTS["color-contrast"]))
    for _ in range(2):
        with pytest.raises(AssertionError, match="color-contrast"):
            axe(page)


def test_wrong_colours_that_come_forth_when_something_is_opened(page: Page) -> None:
    style = "<style>.more { display: none } form:has(:checked) .more { display: block }</style>"
    field = '<label><input type="checkbox"> Mer</label><p class="more faint">Skjult</p>'
    page.set_content(_page(ROW, more=f"{style}<footer><form>{field}</form></footer>"))
    axe(page)
    page.get_by_label("Mer").check()
    with pytest.raises(AssertionError, match="Skjult"):
        axe(page)


def test_what_is_typed_is_looked_at(page: Page) -> None:
    style = "<style>input { inline-size: 3rem } input[value=''] { inline-size: 90rem }</style>"
    field = '<form><label>Navn <input id="name" value="Alta"></label></form>'
    page.set_content(_page(ROW, more=f"{style}<footer>{field}</footer>"))
    axe(page)
    page.get_by_label("Navn").fill("")
    with pytest.raises(AssertionError, match="sticks out"):
        axe(page)


def test_what_sticks_out_on_a_phone(page: Page) -> None:
    page.set_content(_page(ROW.replace("Alta", "A" * 99)))
    with pytest.raises(AssertionError, match="sticks out"):
        looks_right(page)
