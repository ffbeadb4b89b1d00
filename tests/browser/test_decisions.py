"""A decision and the action it leads to: KS records both, NHN carries it out, everyone reads what
is public."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.looks import looks_right

pytestmark = pytest.mark.timeout(240)

WHAT = "Vi tar med historier om legemidler i første vurdering"
TASK = "Vurder løsninger for legemidler"


def test_a_decision_and_what_it_leads_to(browse: Callable[..., Page]) -> None:
    lead, nhn, reader = browse("leder@ks.example"), browse("radgiver@nhn.example"), browse()
    _records_without_a_reason_and_then_with_one(lead)
    _gives_nhn_an_action(lead)
    _carries_it_out(nhn)
    _sees_it_done(lead)
    _reads_what_is_public(reader)
    _settles_a_condition(lead, reader)


def _records_without_a_reason_and_then_with_one(lead: Page) -> None:
    lead.goto("/historier/BH-0001")
    lead.get_by_role("link", name="Registrer beslutning").click()
    expect(lead.get_by_role("checkbox", name="Brukerhistorie:")).to_be_checked()
    lead.get_by_label("Hva er besluttet?").fill(WHAT)
    lead.get_by_label("Åpent for alle").check()
    lead.get_by_role("button", name="Registrer").click()
    expect(lead.get_by_role("alert")).to_contain_text("uten begrunnelse blir ikke lagret")
    looks_right(lead)
    lead.get_by_role("textbox", name="Begrunnelse").fill("Flest kommuner har meldt det behovet.")
    lead.get_by_role("button", name="Registrer").click()
    expect(lead.get_by_text("er registrert.")).to_be_visible()
    expect(lead.get_by_role("heading", level=1)).to_have_text(WHAT)
    looks_right(lead)


def _gives_nhn_an_action(lead: Page) -> None:
    lead.goto("/beslutninger/ny?slag=oppgave&gjelder=story:1")
    lead.get_by_label("Hva skal gjøres?").fill(TASK)
    lead.get_by_label("Hvem har ansvaret?").fill("Norsk helsenett")
    lead.get_by_label("Frist").fill("2026-01-02")
    lead.get_by_label("Kommuner, KS og offentlige parter").check()
    lead.get_by_role("button", name="Registrer").click()
    expect(lead.get_by_text("er registrert.")).to_be_visible()


def _carries_it_out(nhn: Page) -> None:
    nhn.goto("/oversikt")
    nhn.get_by_role("link", name="Gjør oppgaver som har frist").click()
    nhn.get_by_role("main").get_by_role("link", name=TASK).click()
    nhn.get_by_role("textbox", name="Merknad").fill("Vi ser på PLL først.")
    nhn.get_by_role("button", name="Lagre merknaden").click()
    nhn.get_by_role("link", name="Merk som utført").click()
    looks_right(nhn)
    nhn.get_by_role("textbox", name="Merknad").fill("PLL dekker det meste.")
    nhn.get_by_role("button", name="Merk som utført").click()
    expect(nhn.get_by_text("Oppgaven er utført.")).to_be_visible()


def _sees_it_done(lead: Page) -> None:
    lead.goto("/historier/BH-0001")
    lead.get_by_role("main").get_by_role("link", name=TASK).click()
    expect(lead.get_by_text("PLL dekker det meste.")).to_be_visible()


def _reads_what_is_public(reader: Page) -> None:
    reader.goto("/historier/BH-0001")
    expect(reader.get_by_role("link", name=TASK)).to_have_count(0)
    reader.get_by_role("main").get_by_role("link", name=WHAT).click()
    expect(reader.get_by_text("Flest kommuner har meldt det behovet.")).to_be_visible()
    expect(reader.get_by_text("Kari Eksempel")).to_have_count(0)
    looks_right(reader)


def _settles_a_condition(lead: Page, reader: Page) -> None:
    lead.goto("/rammebetingelser/samordning")
    lead.get_by_role("link", name="Endre", exact=True).click()
    lead.get_by_label("Delvis avklart").check()
    lead.get_by_role("textbox", name="Begrunnelse").fill("Datoene for legemiddellisten er kjent.")
    lead.get_by_role("button", name="Lagre").click()
    expect(lead.get_by_text("Rammebetingelsen er lagret.")).to_be_visible()
    reader.goto("/status")
    reader.get_by_role("link", name="Samordning med annet nasjonalt e-helsearbeid").click()
    expect(reader.get_by_text("Datoene for legemiddellisten er kjent.")).to_be_visible()
    looks_right(reader)
