"""A document goes on consultation and gets input; a pilot is shown to all once it is decided."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.looks import looks_right

pytestmark = pytest.mark.timeout(240)

DOCUMENT = "Råd om tilgangsstyring"
PILOT = "Prøvesvar til hjemmetjenesten"


def test_from_consultation_to_a_pilot_for_all(browse: Callable[..., Page]) -> None:
    lead, municipality = browse("leder@ks.example"), browse("kontakt@5501.kommune.example")
    reader = browse()
    _sends_for_consultation(lead)
    _gives_input(municipality)
    _reads_the_input(lead, reader)
    _describes_a_pilot(lead, reader)
    _releases_it(lead, reader)


def _sends_for_consultation(lead: Page) -> None:
    lead.goto("/anbefalinger/ny")
    lead.get_by_role("button", name="Lagre dokumentet").click()
    expect(lead.get_by_role("alert")).to_contain_text("Skriv en tittel")
    looks_right(lead)
    lead.get_by_label("Tittel").fill(DOCUMENT)
    lead.get_by_label("Tekst").fill("## Hvorfor\n\nFordi **tilgang** må styres.")
    lead.get_by_role("button", name="Lagre dokumentet").click()
    lead.get_by_role("link", name="Send på høring …").click()
    looks_right(lead)
    lead.get_by_label("Siste dag for innspill").fill("2099-01-15")
    lead.get_by_role("button", name="Send på høring").click()
    expect(lead.get_by_text("Dokumentet er på høring.").first).to_be_visible()


def _gives_input(municipality: Page) -> None:
    municipality.goto("/oversikt")
    municipality.get_by_role("link", name="Skriv innspill til rammer og anbefalinger").click()
    municipality.get_by_role("main").get_by_role("link", name=DOCUMENT).click()
    municipality.get_by_role("link", name="Skriv innspill").click()
    municipality.get_by_label("Støtter med merknad").check()
    municipality.get_by_role("textbox", name="Innspill").fill("Ta med vikarer.")
    looks_right(municipality)
    municipality.get_by_role("button", name="Lagre innspillet").click()
    expect(municipality.get_by_text("Innspillet er lagret.")).to_be_visible()


def _reads_the_input(lead: Page, reader: Page) -> None:
    lead.get_by_role("link", name="Les innspill").click()
    expect(lead.get_by_text("Ta med vikarer.")).to_be_visible()
    looks_right(lead)
    reader.goto("/anbefalinger")
    reader.get_by_role("main").get_by_role("link", name=DOCUMENT).click()
    expect(reader.get_by_text("må styres.")).to_be_visible()
    expect(reader.get_by_text("Ta med vikarer.")).to_have_count(0)
    looks_right(reader)


def _describes_a_pilot(lead: Page, reader: Page) -> None:
    lead.goto("/utprovinger/ny")
    lead.get_by_label("Hva prøves ut?").fill(PILOT)
    lead.get_by_label("Brukerhistorier").fill("BH-0001")
    lead.get_by_role("textbox", name="Status i ord").fill("Planen er klar.")
    lead.get_by_role("button", name="Lagre utprøvingen").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text(PILOT)
    looks_right(lead)
    reader.goto("/utprovinger")
    expect(reader.get_by_text(PILOT)).to_have_count(0)
    looks_right(reader)


def _releases_it(lead: Page, reader: Page) -> None:
    lead.get_by_role("link", name="Vis for alle …").click()
    lead.get_by_role("button", name="Vis for alle").click()
    expect(lead.get_by_role("alert")).to_contain_text("Skriv nummeret på beslutningen")
    looks_right(lead)
    lead.get_by_role("textbox", name="Hvilken beslutning bygger det på?").fill("B-1")
    lead.get_by_role("button", name="Vis for alle").click()
    expect(lead.get_by_text("Alle kan lese om utprøvingen.")).to_be_visible()
    reader.goto("/historier/BH-0001")
    reader.get_by_role("main").get_by_role("link", name=PILOT).click()
    expect(reader.get_by_text("Planen er klar.")).to_be_visible()
    looks_right(reader)
