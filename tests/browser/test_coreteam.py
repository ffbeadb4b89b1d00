"""A seat in the core team: a vendor asks by mail, KS registers it, appoints and ends."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.looks import looks_right

pytestmark = pytest.mark.timeout(240)

ROLE = "Ansvarlig for integrasjoner"
VENDOR = "selger@fjord-helse.example"


def test_a_vendor_gets_a_seat(browse: Callable[..., Page]) -> None:
    lead, vendor, reader = browse("leder@ks.example"), browse(VENDOR), browse()
    _registers_the_seat_for_the_vendor(lead)
    _appoints(lead)
    _shows_the_name(vendor, reader)
    _ends_it(lead, reader)


def _registers_the_seat_for_the_vendor(lead: Page) -> None:
    lead.goto("/kjerneteam")
    lead.get_by_role("link", name="Registrer for en organisasjon").click()
    lead.get_by_label("E-post", exact=True).check()
    lead.get_by_label("Når kom den?").fill("2026-11-12")
    lead.get_by_label("Leverandører").check()
    lead.get_by_label("Rolle").fill(ROLE)
    lead.get_by_label("Organisasjon").fill("Fjord")
    lead.get_by_role("button", name="Lagre plassen").click()
    expect(lead.get_by_role("alert")).to_contain_text("Fant ingen organisasjon")
    looks_right(lead)
    lead.get_by_label("Organisasjon").fill("Fjord Helse")
    lead.get_by_role("button", name="Lagre plassen").click()
    expect(lead.get_by_text("registrert av KS etter e-post 12. november 2026")).to_be_visible()
    looks_right(lead)


def _appoints(lead: Page) -> None:
    lead.get_by_role("link", name="Oppnevn", exact=True).click()
    lead.get_by_label("E-post").fill(VENDOR)
    lead.get_by_label("Siste dag").fill("2020-01-01")
    lead.get_by_role("button", name="Oppnevn").click()
    expect(lead.get_by_role("alert")).to_contain_text("ikke være før første dag")
    lead.get_by_label("Siste dag").fill("")
    lead.get_by_role("button", name="Oppnevn").click()
    expect(lead.get_by_text("Personen er oppnevnt og har fått e-post.")).to_be_visible()
    expect(lead.get_by_role("rowheader", name="Frode Fjordmo")).to_be_visible()


def _shows_the_name(vendor: Page, reader: Page) -> None:
    reader.goto("/kjerneteam")
    expect(reader.get_by_text("Frode Fjordmo")).to_have_count(0)
    vendor.goto("/kjerneteam")
    vendor.get_by_role("main").get_by_role("link", name=ROLE).click()
    vendor.get_by_role("button", name="Vis navnet mitt for alle").click()
    expect(vendor.get_by_text("Alle kan lese navnet ditt.")).to_be_visible()
    looks_right(vendor)
    reader.reload()
    expect(reader.get_by_text("Frode Fjordmo")).to_be_visible()


def _ends_it(lead: Page, reader: Page) -> None:
    lead.get_by_role("link", name="Sett siste dag").click()
    looks_right(lead)
    lead.get_by_label("Siste dag").fill("2027-01-31")
    lead.get_by_role("button", name="Lagre siste dag").click()
    expect(lead.get_by_text("31. januar 2027")).to_be_visible()
    reader.goto("/rammebetingelser")
    expect(reader.get_by_text("3 av 4 sider har medlemmer.")).to_be_visible()
