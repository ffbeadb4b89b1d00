"""Every page and state, as each kind of person meets it: axe, no sideways scroll, no complaint."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.looks import axe, looks_right

STRANGER = "stranger"
AT_ONCE = 14  # pages that one test has time for


def visits() -> list[tuple[str, tuple[str, ...]]]:
    """The pages of each kind of person, a few at a time."""
    listed: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("pages.txt").read_text().splitlines():
        if line[0] != "#":
            who, path = line.split()
            listed.setdefault(who, []).append(path)
    return [
        (who, tuple(paths[start : start + AT_ONCE]))
        for who, paths in listed.items()
        for start in range(0, len(paths), AT_ONCE)
    ]


@pytest.mark.parametrize(
    ("who", "paths"), visits(), ids=lambda part: part[0] if isinstance(part, tuple) else part
)
def test_pages(browse: Callable[..., Page], who: str, paths: tuple[str, ...]) -> None:
    page = browse(None if who == STRANGER else who, at=paths[0])
    for path in paths:
        if path != paths[0]:
            page.goto(path)
        looks_right(page)


@pytest.mark.parametrize("email", [None, "leder@ks.example"])
def test_the_dark_pages(browse: Callable[..., Page], email: str | None) -> None:
    page = browse(email, dark=True, at="/om")
    for path in ("/", "/status", "/kommuner", "/historier", "/historier/BH-0001", "/oversikt"):
        page.goto(path)
        axe(page)


@pytest.mark.parametrize("locale", ["nn-NO", "en-GB"])
def test_the_other_languages(browse: Callable[..., Page], locale: str) -> None:
    page = browse(locale=locale)
    for path in ("/", "/status", "/historier", "/historier/BH-0001", "/kommuner/5501", "/logg-inn"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == locale[:2]
        looks_right(page, closely=True)


def test_forms_with_errors(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn")
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.get_by_role("alert").wait_for()
    looks_right(page)
    page = browse("kontakt@5501.kommune.example", at="/historier/ny")
    page.get_by_label("Pasienter i året").fill("mange")
    page.get_by_role("button", name="Send inn").click()
    page.get_by_role("alert").wait_for()
    looks_right(page)


def test_menus_open(browse: Callable[..., Page]) -> None:
    page = browse("leder@ks.example", at="/folk")
    page.locator("details.pr-acting summary").click()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/historier")
    page.locator("details.pr-menu summary").click()
    axe(page)
    page.keyboard.press("Escape")
    page.locator(".pr-filterbox summary").first.click()
    axe(page)


def test_a_municipality_writes_from_the_menu_of_a_phone(browse: Callable[..., Page]) -> None:
    page = browse("kontakt@5501.kommune.example", viewport=PHONE, at="/kommuner")
    page.locator("details.pr-menu summary").click()
    axe(page)
    page.locator("details.pr-menu").get_by_role("link", name="Skriv en historie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv en brukerhistorie")


def test_a_draft_that_may_be_deleted(browse: Callable[..., Page]) -> None:
    page = browse("kontakt@5501.kommune.example", at="/historier/ny")
    page.get_by_label("Tittel").fill("Et utkast som skal bort")
    page.get_by_role("button", name="Lagre utkast").click()
    page.get_by_role("main").get_by_role("link", name="Avbryt").click()
    looks_right(page)
    page.get_by_role("link", name="Slett utkast").click()
    looks_right(page)
    page.get_by_role("button", name="Slett utkastet").click()
    expect(page.get_by_text("Utkastet er slettet.")).to_be_visible()


def test_after_an_answer_the_next_story_and_the_mail_in_the_outbox(
    browse: Callable[..., Page],
) -> None:
    page = browse("leder@ks.example", at="/historier?tilstand=submitted&sorter=ventet")
    page.get_by_role("main").locator("th a").first.click()
    ref = page.url.rpartition("/")[2]
    page.get_by_role("button", name="Ta inn historien").click()
    expect(page.get_by_role("navigation", name="Neste historie")).to_contain_text("venter på svar")
    looks_right(page)
    page.goto("/utboks")
    looks_right(page)
    page.get_by_role("link", name=f"KS har tatt inn {ref}").first.click()
    expect(page.get_by_text("Du får beskjed når den blir publisert.")).to_be_visible()
    looks_right(page)
