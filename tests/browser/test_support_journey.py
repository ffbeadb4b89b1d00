"""Support: one municipality writes, one supports it on a phone, KS registers what a third has said.

The third one gets a receipt, and corrects what KS wrote. A vendor sees nothing of all this.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pilot.core.clock import today
from tests.support.browser import PHONE, tab_to
from tests.support.looks import looks_right
from tests.support.mail import Mailbox
from tests.support.site import PASSWORD

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(300)]

WRITER = "kontakt@1103.kommune.example"
SUPPORTER = "kontakt@5501.kommune.example"  # Tromsø
CALLER = "kontakt@4601.kommune.example"  # Bergen
LEAD = "leder@ks.example"
VENDOR = "selger@nordlys-epj.example"
TITLE = "Se hvilke hjelpemidler brukeren har hjemme"
OURS = "Vi bruker mye tid på å spørre hjemmetjenesten."
HEARD = "Gjelder bare sykehjem."
MENDED = "Gjelder sykehjem og hjemmetjeneste."


def test_support_from_three_sides(browse: Callable[..., Page], mail_server: Mailbox) -> None:
    writer, lead, vendor = browse(WRITER), browse(LEAD), browse(VENDOR)
    supporter, caller = browse(SUPPORTER, viewport=PHONE), browse(CALLER)
    path = _writes(writer)
    _supports_on_a_phone(supporter, path)
    _registers_a_call(lead, path)
    _corrects_what_ks_wrote(caller, mail_server, path)
    _takes_back_and_undoes(supporter, path)
    writer.goto(path)
    section = writer.get_by_role("region", name="Støtte")
    expect(section.get_by_text("2 kommuner støtter historien.")).to_be_visible()
    expect(section.get_by_text("Støtte kommer fra andre kommuner.")).to_be_visible()
    _publishes(lead, path)
    _sees_nothing(vendor, path)
    _sees_nothing(browse(), path)


def _writes(writer: Page) -> str:
    writer.goto("/historier/ny")
    writer.get_by_label("Tittel").fill(TITLE)
    writer.get_by_label("Som …").fill("ergoterapeut på sykehus")
    writer.get_by_label("ønsker jeg å …").fill("se hvilke hjelpemidler brukeren har hjemme")
    writer.get_by_label("slik at …").fill("vi planlegger utskrivingen riktig")
    writer.get_by_role("button", name="Send inn").click()
    expect(writer.get_by_text("er sendt inn.")).to_be_visible()
    expect(writer.get_by_role("link", name="Støtt på vegne av")).to_have_count(0)
    return re.sub(r"https?://[^/]+|[?#].*", "", writer.url)


def _supports_on_a_phone(supporter: Page, path: str) -> None:
    supporter.goto(path)
    expect(supporter.get_by_text("Ingen kommuner støtter historien ennå.")).to_be_visible()
    looks_right(supporter)
    supporter.get_by_role("link", name="Støtt på vegne av Tromsø").click()
    looks_right(supporter)
    supporter.get_by_label("Hvorfor støtter kommunen historien?").fill("x" * 1_001)
    supporter.get_by_role("button", name="Støtt på vegne av Tromsø").click()
    expect(supporter.get_by_role("alert")).to_contain_text("Teksten er for lang")
    looks_right(supporter)
    supporter.get_by_label("Hvorfor støtter kommunen historien?").fill(OURS)
    supporter.get_by_role("button", name="Støtt på vegne av Tromsø").click()
    expect(supporter.get_by_text("Takk. Kommunen støtter historien.")).to_be_visible()
    expect(supporter.get_by_text(OURS)).to_be_visible()
    looks_right(supporter)


def _registers_a_call(lead: Page, path: str) -> None:
    lead.goto(path)
    lead.get_by_role("link", name="Registrer for en kommune").click()
    lead.get_by_role("button", name="Registrer og send kvittering").click()
    expect(lead.get_by_role("alert")).to_contain_text("Velg hvordan beskjeden kom.")
    looks_right(lead)
    lead.get_by_label("Kommunenummer").fill("4601")
    lead.get_by_label("Telefon").check()
    lead.get_by_label("Når kom den?").fill(str(today()))
    lead.get_by_label("Hva skrev eller sa kommunen?").fill(HEARD)
    lead.get_by_role("button", name="Registrer og send kvittering").click()
    expect(lead.get_by_text("Støtten er registrert.")).to_be_visible()
    section = lead.get_by_role("region", name="Støtte")
    expect(section.get_by_text("registrert av KS etter telefon")).to_be_visible()
    expect(section.get_by_text("2 kommuner støtter historien.")).to_be_visible()
    section.get_by_role("link", name="Trekk støtten fra Bergen").click()
    looks_right(lead)


def _corrects_what_ks_wrote(caller: Page, mailbox: Mailbox, path: str) -> None:
    ref = path.rpartition("/")[2]
    mail = mailbox.wait_for(CALLER, about=f"Kommunen støtter {ref}")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one
    assert HEARD in text
    assert "registrert av KS etter telefon" in text
    where = re.search(r"/historier/\S+", text)
    assert where
    caller.goto(where.group())
    expect(caller.get_by_text("registrert av KS etter telefon")).to_be_visible()
    looks_right(caller)
    caller.get_by_label("Hvorfor støtter kommunen historien?").fill(MENDED)
    caller.get_by_role("button", name="Lagre").click()
    expect(caller.get_by_text(MENDED)).to_be_visible()
    expect(caller.get_by_text("registrert av KS")).to_have_count(0)


def _takes_back_and_undoes(supporter: Page, path: str) -> None:
    supporter.goto(path)
    supporter.get_by_role("button", name="Trekk støtten").click()
    expect(supporter.get_by_text("Tromsø har trukket støtten.")).to_be_visible()
    looks_right(supporter)
    supporter.get_by_role("button", name="Angre").click()
    expect(supporter.get_by_text("Kommunen støtter historien igjen.")).to_be_visible()


def _publishes(lead: Page, path: str) -> None:
    lead.goto(path)
    lead.get_by_role("button", name="Ta inn historien").click()
    lead.get_by_role("link", name="Publiser …").click()
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("er publisert, og kan leses av alle.")).to_be_visible()


def _sees_nothing(someone: Page, path: str) -> None:
    someone.goto(path)
    expect(someone.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(someone.get_by_role("region", name="Støtte")).to_have_count(0)
    for words in (OURS, MENDED, "Bergen", "Tromsø", "støtter"):
        expect(someone.get_by_role("main").get_by_text(words)).to_have_count(0)


def test_support_by_keyboard_alone(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn?next=/historier/BH-0003/stott")
    for selector, words in (
        ("main input[name=email]", "kontakt@3301.kommune.example"),
        ("main input[name=password]", PASSWORD),
    ):
        tab_to(page, _focus_is_on(page, selector))
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Støtt på vegne av Drammen")).to_be_visible()
    tab_to(page, _focus_is_on(page, "main textarea[name=note]"))
    page.keyboard.type("Vi har det samme behovet.")
    tab_to(page, _focus_is_on(page, "main form button[type=submit]"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Takk. Kommunen støtter historien.")).to_be_visible()


def _focus_is_on(page: Page, selector: str) -> Callable[[], bool]:
    return lambda: bool(page.evaluate("(s) => document.activeElement?.matches(s)", selector))
