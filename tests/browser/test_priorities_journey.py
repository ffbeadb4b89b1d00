"""The priority list: KS orders it by keyboard, the steering group returns it and approves it, KS
releases it, and everyone reads it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import tab_to
from tests.support.looks import looks_right

LEAD = "leder@ks.example"
GROUP = "styringsgruppe@ks.example"
WORK = "/prioritering/arbeid"


@pytest.mark.timeout(300)
def test_from_order_to_release(browse: Callable[..., Page]) -> None:
    lead, group, reader = browse(LEAD), browse(GROUP), browse()
    ref = _orders_by_keyboard(lead)
    _puts(lead)
    _returns(group)
    lead.goto("/oversikt")
    lead.get_by_role("link", name="Rett den prioriterte listen").click()
    expect(lead.get_by_text("Ta med legevakt.")).to_be_visible()
    looks_right(lead)
    reader.goto("/prioritering")
    expect(reader.get_by_text("Haster mest.")).to_have_count(0)
    _puts(lead)
    _approves(group)
    lead.goto("/oversikt")
    lead.get_by_role("link", name="Publiser den prioriterte listen").click()
    looks_right(lead)
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Listen er publisert, og kan leses av alle.")).to_be_visible()
    _reads(reader, ref)


def _orders_by_keyboard(lead: Page) -> str:
    """The third story goes up two places; each time a reason first, then its button."""
    lead.goto(WORK)
    row = lead.locator("tbody tr").nth(2)
    ref = row.get_attribute("id") or ""
    up = f"button[name=up][value='{ref}']"
    for _ in range(2):
        tab_to(lead, lambda: bool(lead.evaluate("document.activeElement?.id === 'reason'")))
        lead.keyboard.type("Haster mest.")
        tab_to(lead, lambda: bool(lead.evaluate("(s) => document.activeElement.matches(s)", up)))
        lead.keyboard.press("Enter")
        expect(lead.get_by_text(f"{ref} står nå på plass")).to_be_visible()
        expect(lead.get_by_label("Begrunnelse for det du endrer")).to_have_value("")
        expect(lead.get_by_text(f"{ref} står nå på plass")).to_be_in_viewport()
        expect(lead.locator("tr[aria-current=true]")).to_have_attribute("id", ref)
    expect(lead.locator("tbody tr").first).to_have_attribute("id", ref)
    looks_right(lead)
    lead.get_by_role("button", name=f"Flytt hit {ref}").click()
    expect(lead.get_by_role("alert")).to_contain_text("Ingenting er endret.")
    lead.get_by_role("button", name=f"Ned {ref}").click()
    expect(lead.get_by_role("alert")).to_contain_text("Skriv en begrunnelse.")
    looks_right(lead)
    return ref


def _puts(lead: Page) -> None:
    lead.goto(WORK)
    lead.get_by_role("link", name="Legg fram …").click()
    lead.get_by_role("button", name="Legg fram").click()
    expect(lead.get_by_text("Listen er lagt fram for styringsgruppen.")).to_be_visible()


def _returns(group: Page) -> None:
    group.goto("/oversikt")
    group.get_by_role("link", name="Behandle den prioriterte listen").click()
    expect(group.get_by_text("Haster mest.").first).to_be_visible()
    group.get_by_role("button", name="Registrer svaret").click()
    expect(group.get_by_role("alert")).to_contain_text("Velg om listen godkjennes")
    looks_right(group)
    group.get_by_label("Send listen tilbake").check()
    group.get_by_label("Begrunnelse").fill("Ta med legevakt.")
    group.get_by_role("button", name="Registrer svaret").click()
    expect(group.get_by_text("Listen er sendt tilbake til KS")).to_be_visible()


def _approves(group: Page) -> None:
    group.goto("/oversikt")
    group.get_by_role("link", name="Behandle den prioriterte listen").click()
    group.get_by_label("Godkjenn listen").check()
    group.get_by_label("Hvem deltok?").fill("Hele gruppen")
    group.get_by_role("button", name="Registrer svaret").click()
    expect(group.get_by_text("Listen er godkjent. KS kan publisere den.")).to_be_visible()


def _reads(reader: Page, ref: str) -> None:
    reader.goto("/prioritering")
    expect(reader.locator("tbody tr").first).to_contain_text(ref)
    expect(reader.locator("tbody tr").first).to_contain_text("opp én plass")
    looks_right(reader)
    reader.locator("tbody tr").first.get_by_role("link").click()
    expect(reader.get_by_text("Plass 1 av 7")).to_be_visible()
    expect(reader.get_by_text("Haster mest.")).to_be_visible()
    looks_right(reader)
