"""A story from sign-in to submission by keyboard alone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import tab_to
from tests.support.site import PASSWORD


def _focus_is_on(page: Page, selector: str) -> Callable[[], bool]:
    return lambda: bool(page.evaluate("(s) => document.activeElement?.matches(s)", selector))


def _tab_and_type(page: Page, selector: str, text: str) -> None:
    tab_to(page, _focus_is_on(page, selector))
    page.keyboard.type(text)


def test_a_story_is_written_and_sent_without_a_mouse(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn?next=/historier/ny")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til hovedinnhold")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_and_type(page, "main input[name=email]", "kontakt@1804.kommune.example")
    _tab_and_type(page, "main input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\d/historier/ny(#|$)"))
    _tab_and_type(page, "#title", "Varsel når hjelpemidler er hentet")
    _tab_and_type(page, "#role", "ergoterapeut i kommunen")
    _tab_and_type(page, "#need", "få varsel når et hjelpemiddel er hentet på lageret")
    tab_to(page, _focus_is_on(page, "button[name=submit]"), most=120)
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    tab_to(page, _focus_is_on(page, "a[href='#benefit']"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("slik at …")).to_be_focused()
    page.keyboard.type("jeg slipper å ringe lageret")
    tab_to(page, _focus_is_on(page, "button[name=submit]"), most=120)
    page.keyboard.press("Enter")
    expect(page.get_by_text("er sendt inn.")).to_be_visible()
