"""Every page and state, as each kind of person meets it: axe, no sideways scroll, no complaint."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, axe, looks_right

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
    "/om",
    "/om/felles-journalloft",
    "/om/slik-deltar-kommunen",
    "/om/slik-velges-utprovingskommuner",
    "/om/kontakt",
    "/aktuelt",
    "/aktuelt/1",
    "/grunnlag",
    "/grunnlag/GD-1",
    "/grunnlag/GD-3",
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
    "/leverandordialog",
    "/leverandordialog?vis=tidligere",
    "/leverandordialog/okter/1",
    "/leverandordialog/okter/2",
    "/logg-inn",
    "/glemt-passord",
    "/be-om-tilgang",
    "/leverandor/registrer",
    "/sjekk-e-posten?hva=tilgang",
    "/logg-inn/lenke/finnes-ikke",
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
        "/historier/BH-0001?neste=vurder",
        "/aktuelt?tilstand=withdrawn",
        "/aktuelt/ny",
        "/aktuelt/1",
        "/aktuelt/1/endre",
        "/om",
        "/om/ny",
        "/om/kontakt/utkast",
        "/om/kontakt/endre",
        "/om/kontakt/versjoner",
        "/grunnlag/ny",
        "/grunnlag/GD-3/endre",
        "/meldinger",
        "/meldinger/ny",
        "/meldinger/1",
        "/meldinger/1/endre",
        "/utboks?tilstand=stopped",
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
        "/folk",
        "/folk?q=finnes+ikke",
        "/folk/1",
        "/organisasjoner",
        "/organisasjoner?type=vendor",
        "/organisasjoner/1",
        "/organisasjoner/ny",
        "/foresporsler",
        "/foresporsler/1",
        "/leverandordialog",
        "/leverandordialog/okter/ny",
        "/leverandordialog/okter/1",
        "/leverandordialog/okter/1/endre",
        "/leverandordialog/okter/1/avlys",
        "/leverandordialog/okter/1/meld-pa-for",
        "/leverandordialog/okter/1/pameldte",
        "/leverandordialog/okter/2/pameldte",
        "/leverandordialog/okter/3",
        "/leverandordialog/okter/3/publiser",
    ),
    "kontakt@5501.kommune.example": ("/oversikt", "/historier/ny", "/historier", "/min-side"),
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
        "/leverandordialog",
        "/leverandordialog/mine",
        "/leverandordialog/okter/1",
        "/leverandordialog/okter/1/meld-pa",
        "/leverandordialog/pameldinger/1/endre",
        "/leverandordialog/pameldinger/1/meld-av",
    ),
    "styringsgruppe@ks.example": ("/oversikt", "/historier"),
}


#: What a lead writes with, room by room: more pages than one test has time for.
WRITING = {
    "pages": ("/om", "/om/ny", "/om/kontakt/utkast", "/om/kontakt/endre", "/om/kontakt/versjoner"),
    "notices": ("/aktuelt?tilstand=withdrawn", "/aktuelt/ny", "/aktuelt/1", "/aktuelt/1/endre"),
    "documents": ("/grunnlag/ny", "/grunnlag/GD-3/endre"),
    "messages": (
        "/meldinger",
        "/meldinger/ny",
        "/meldinger/1",
        "/meldinger/1/endre",
        "/utboks?tilstand=stopped",
    ),
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


@pytest.mark.parametrize("room", WRITING)
def test_pages_that_leads_write_with(browse: Callable[..., Page], room: str) -> None:
    page = browse("leder@ks.example")
    for path in WRITING[room]:
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


def test_a_municipality_writes_from_the_menu_of_a_phone(browse: Callable[..., Page]) -> None:
    page = browse("kontakt@5501.kommune.example", viewport=PHONE)
    page.goto("/kommuner")
    page.locator("details.pr-menu summary").click()
    axe(page)
    page.locator("details.pr-menu").get_by_role("link", name="Skriv en historie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv en brukerhistorie")


def test_a_draft_that_may_be_deleted(browse: Callable[..., Page]) -> None:
    page = browse("kontakt@5501.kommune.example")
    page.goto("/historier/ny")
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
    page = browse("leder@ks.example")
    page.goto("/historier?tilstand=submitted&sorter=ventet")
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
