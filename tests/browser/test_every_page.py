"""Every page and state, as each kind of person meets it: axe, no sideways scroll, no complaint."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.support.browser import axe, looks_right

PUBLIC = (
    "/",
    "/status",
    "/status?vis-flyter=tabell",
    "/kommuner",
    "/kommuner?q=ingenting+her",
    "/kommuner?fylke=55&storrelse=liten",
    "/kommuner/5501",
    "/kommuner/9901",
    "/kommuner/kart",
    "/helseforetak",
    "/helseforetak/unn",
    "/losninger",
    "/losninger/kjernejournal",
    "/tjenester",
    "/tjenestesteder",
    "/historier",
    "/historier?q=finnes+ikke",
    "/historier?tilstand=ready&fra=sykehus&q=epikrise",
    "/historier/BH-0001",
    "/historier/BH-0001/versjoner",
    "/sok",
    "/sok?q=lege",
    "/sok?q=xyzzy",
    "/personvern",
    "/tilgjengelighet",
    "/kilder",
    "/om-demoen",
    "/anbefalinger",
    "/anbefalinger/krav-til-deling-av-opplysninger-ved-anskaffelse-av-journal",
    "/utprovinger",
    "/kjerneteam",
    "/kjerneteam?vis-sammensetning=tabell",
    "/kjerneteam/plasser/1",
    "/beslutninger",
    "/beslutninger?q=finnes+ikke",
    "/beslutninger/B-1",
    "/rammebetingelser",
    "/rammebetingelser/finansiering",
    "/logg-inn",
    "/finnes-ikke",
)
INSIDE = {
    "leder@ks.example": (
        "/oversikt",
        "/oversikt?vis-tilstander=tabell",
        "/historier",
        "/historier/BH-0001",
        "/historier/BH-0001/endre",
        "/utboks",
        "/utboks?tilstand=failed",
        "/tjenester/ny",
        "/historier/uten-losning",
        "/anbefalinger",
        "/anbefalinger/ny",
        "/anbefalinger/felles-begreper-for-informasjonstjenester/endre",
        "/anbefalinger/felles-begreper-for-informasjonstjenester/flytt/consultation",
        "/anbefalinger/krav-til-deling-av-opplysninger-ved-anskaffelse-av-journal/innspill",
        "/utprovinger",
        "/utprovinger/ny",
        "/utprovinger/1",
        "/utprovinger/1/endre",
        "/utprovinger/1/vis-for-alle",
        "/kjerneteam",
        "/kjerneteam/plasser/7",
        "/kjerneteam/plasser/7/endre",
        "/kjerneteam/plasser/4/oppnevn",
        "/kjerneteam/plasser/ny?for=1",
        "/kjerneteam/oppnevninger/2/avslutt",
        "/beslutninger",
        "/beslutninger/B-3",
        "/beslutninger/B-3/endre",
        "/beslutninger/O-2",
        "/beslutninger/O-2/flytt/cancelled",
        "/beslutninger/ny?slag=oppgave&gjelder=story:1",
        "/rammebetingelser/finansiering/endre",
        "/rammebetingelser/kjerneteam/endre",
    ),
    "kontakt@5501.kommune.example": ("/oversikt", "/historier/ny", "/historier"),
    "radgiver@nhn.example": (
        "/oversikt",
        "/historier/uten-losning",
        "/historier/BH-0001/losninger",
        "/losninger/sysvak",
    ),
    "selger@nordlys-epj.example": (
        "/oversikt",
        "/historier",
        "/kjerneteam/plasser/7",
        "/anbefalinger/krav-til-deling-av-opplysninger-ved-anskaffelse-av-journal/vart-innspill",
    ),
    "styringsgruppe@ks.example": ("/oversikt", "/historier"),
}


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page(browse: Callable[..., Page], path: str) -> None:
    page = browse()
    page.goto(path)
    looks_right(page)


@pytest.mark.parametrize("email", INSIDE)
def test_pages_of_the_signed_in(browse: Callable[..., Page], email: str) -> None:
    page = browse(email)
    for path in INSIDE[email]:
        page.goto(path)
        looks_right(page)


@pytest.mark.parametrize("email", [None, "leder@ks.example"])
def test_the_dark_pages(browse: Callable[..., Page], email: str | None) -> None:
    page = browse(email, dark=True)
    for path in ("/", "/status", "/kommuner", "/historier", "/historier/BH-0001", "/oversikt"):
        page.goto(path)
        axe(page)


@pytest.mark.parametrize("locale", ["nn-NO", "en-GB"])
def test_the_other_languages(browse: Callable[..., Page], locale: str) -> None:
    page = browse(locale=locale)
    for path in ("/", "/status", "/historier", "/historier/BH-0001", "/kommuner/5501", "/logg-inn"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == locale[:2]
        looks_right(page)


def test_forms_with_errors(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn")
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
    page.get_by_role("alert").wait_for()
    looks_right(page)
    page = browse("kontakt@5501.kommune.example")
    page.goto("/historier/ny")
    page.get_by_label("Pasienter i året").fill("mange")
    page.get_by_role("button", name="Send inn").click()
    page.get_by_role("alert").wait_for()
    looks_right(page)


def test_menus_open(browse: Callable[..., Page]) -> None:
    page = browse("leder@ks.example")
    page.locator("details.pr-acting summary").click()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/historier")
    page.locator("details.pr-menu summary").click()
    axe(page)
    page.keyboard.press("Escape")
    page.locator(".pr-filterbox summary").first.click()
    axe(page)
