"""Two assessors who do not see each other, then the panel together, and the municipality reads."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.looks import looks_right
from tests.support.mail import Mailbox

LEAD = "leder@ks.example"
FIRST = "medarbeider@ks.example"
SECOND = "radgiver@nhn.example"
OWN = "kontakt@9901.kommune.example"
CANDIDATE = "/utproving/runder/1/kandidater/9901"
MINE = "Ledelsen har ikke satt av tid."
COMMON = "Vi ble enige etter en samtale."
LOWEST = re.compile("^0 –")


@pytest.mark.timeout(300)
def test_from_two_assessors_to_a_result(browse: Callable[..., Page], mail_server: Mailbox) -> None:
    lead, first, second = browse(LEAD), browse(FIRST), browse(SECOND, viewport=PHONE)
    municipality = browse(OWN)
    _assesses(first)
    second.goto(f"{CANDIDATE}/panel/min/anchoring")
    expect(second.get_by_text(MINE)).to_have_count(0)
    lead.goto(f"{CANDIDATE}/panel")
    expect(lead.get_by_role("link", name="Se vurderingene samlet")).to_have_count(0)
    second.goto("/oversikt")
    second.get_by_role("link", name="Vurder kommuner som panelmedlem").click()
    second.get_by_role("link", name="Eksempelvik").click()
    second.get_by_role("button", name="Jeg er ferdig").click()
    expect(second.get_by_text("Du er ferdig.").first).to_be_visible()
    looks_right(second)
    _agree(lead)
    mail = mail_server.wait_for(OWN)
    assert "Panelet har vurdert" in mail["Subject"]
    _reads(municipality)


def _assesses(page: Page) -> None:
    page.goto(f"{CANDIDATE}/panel/min")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("alert")).to_contain_text("Svar ja eller nei.")
    looks_right(page)
    page.get_by_label("Nei", exact=True).check()
    page.get_by_role("button", name="Lagre").click()
    page.get_by_role("link", name="Forankring og ledelse").click()
    page.get_by_label(LOWEST).first.check()
    page.get_by_label("Begrunnelse for F1").fill(MINE)
    looks_right(page)
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_text("Vurderingen er lagret. Bare du ser den.")).to_be_visible()
    page.get_by_role("button", name="Jeg er ferdig").click()
    expect(page.get_by_text("Når alle er ferdige").first).to_be_visible()


def _agree(page: Page) -> None:
    page.goto(CANDIDATE)
    page.get_by_role("link", name="Se panelet").click()
    page.get_by_role("link", name="Se vurderingene samlet").click()
    expect(page.get_by_text(re.compile("Panelet er ulikt på"))).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Bli enige Forankring og ledelse").click()
    expect(page.get_by_text(MINE)).to_be_visible()
    page.get_by_label(LOWEST).first.check()
    page.get_by_label("Panelets begrunnelse for F1").fill(COMMON)
    looks_right(page)
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_role("link", name="Ferdigstill …").click()
    looks_right(page)
    page.get_by_label("Navnet på den som har godkjent").fill("Kari Eksempel")
    page.get_by_label("Rollen til den som har godkjent").fill("prosjektleder")
    page.get_by_role("button", name="Ferdigstill og gi kommunen beskjed").click()
    expect(page.get_by_text("Panelets vurdering er ferdig, og kommunen har fått")).to_be_visible()


def _reads(page: Page) -> None:
    page.goto(CANDIDATE)
    page.get_by_role("link", name="Les vurderingen").click()
    expect(page.get_by_text(COMMON)).to_be_visible()
    expect(page.get_by_text(MINE)).to_have_count(0)
    looks_right(page)
