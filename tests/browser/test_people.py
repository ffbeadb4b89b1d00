"""A municipality is invited; the invitation is passed on; the right colleague comes in by link.

Three people: a lead at KS, the one who was invited first, and the colleague, on a phone. And a
foreign vendor registers in English, on a phone too, without a mouse where it matters: by Enter.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.looks import looks_right
from tests.support.mail import Mailbox, parts

pytestmark = pytest.mark.timeout(300)  # twenty looks by axe

LEAD = "leder@ks.example"
FIRST, RIGHT = "postmottak@1804.kommune.example", "rett.person@1804.kommune.example"
VENDOR = "anna@vendor.example"


def link_in(mailbox: Mailbox, address: str, count: int = 1) -> str:
    text, html = parts(mailbox.wait_for(address, count))
    found = re.search(r"https?://\S+", text)
    assert found is not None, text
    assert found.group().replace("&", "&amp;") in html
    return found.group()


def test_invited_passed_on_and_in_by_link(
    browse: Callable[..., Page], mail_server: Mailbox
) -> None:
    lead, first = browse(LEAD), browse()
    right = browse(viewport=PHONE)

    _invites(lead)
    _passes_it_on(first, link_in(mail_server, FIRST))
    _accepts(right, link_in(mail_server, RIGHT))
    _chooses_how_mail_comes(right)
    _signs_out_everywhere(right)
    _comes_back_by_link(right, mail_server)
    _sees_the_chain(lead)


def _invites(lead: Page) -> None:
    menu = lead.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_text("Mer", exact=True).click()
    menu.get_by_role("link", name="Folk").click()
    looks_right(lead)
    lead.get_by_role("link", name="Organisasjoner").click()
    looks_right(lead)
    lead.get_by_label("Søk på navn eller organisasjonsnummer").fill("Bodø")
    lead.get_by_role("main").get_by_role("button", name="Søk").click()
    lead.get_by_role("link", name="Bodø kommune").click()
    looks_right(lead)
    lead.get_by_role("link", name="Inviter").first.click()
    lead.get_by_role("button", name="Send invitasjonen").click()
    expect(lead.get_by_role("alert")).to_contain_text("Skriv en e-postadresse")
    looks_right(lead)
    lead.get_by_label("E-post på jobb").fill(FIRST)
    lead.get_by_label("Leder: kan godkjenne").check()
    lead.get_by_label("Hva gjelder invitasjonen?").fill("Dere meldte interesse i går.")
    lead.get_by_role("button", name="Send invitasjonen").click()
    expect(lead.get_by_text(f"Invitasjonen er sendt til {FIRST}")).to_be_visible()
    looks_right(lead)


def _passes_it_on(first: Page, link: str) -> None:
    first.goto(link)
    expect(first.get_by_text("Dere meldte interesse i går.")).to_be_visible()
    looks_right(first)
    first.get_by_role("link", name="Send invitasjonen videre").click()
    looks_right(first)
    first.get_by_label("E-post til riktig kollega").fill(RIGHT)
    first.get_by_role("button", name="Send videre").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Invitasjonen er sendt videre")
    looks_right(first)
    answer = first.goto(link)
    assert answer is not None
    assert answer.status == 410
    looks_right(first)


def _accepts(right: Page, link: str) -> None:
    right.goto(link)
    looks_right(right)
    right.get_by_label("Navnet ditt").fill("Rita Rett")
    right.get_by_role("button", name="Godta og logg inn").click()
    expect(right.get_by_text("Nå deltar du for Bodø kommune")).to_be_visible()


def _chooses_how_mail_comes(right: Page) -> None:
    right.locator("details.pr-acting summary").click()
    right.get_by_role("link", name="Min side").click()
    looks_right(right)
    right.get_by_label("Med en gang").check()
    right.get_by_role("button", name="Lagre").first.click()
    expect(right.get_by_text("Endringene er lagret.")).to_be_visible()
    expect(right.get_by_label("Med en gang")).to_be_checked()
    right.get_by_role("link", name="Bodø kommune").click()
    expect(right.get_by_role("link", name="Registrer hvem")).to_be_visible()
    looks_right(right)


def _signs_out_everywhere(right: Page) -> None:
    right.goto("/min-side")
    right.get_by_role("button", name="Logg ut alle steder").click()
    expect(right.get_by_text("Du er logget ut alle steder.")).to_be_visible()


def _comes_back_by_link(right: Page, mailbox: Mailbox) -> None:
    right.goto("/min-side")
    looks_right(right)
    right.get_by_label("E-post på jobb").fill(RIGHT)
    right.get_by_label("E-post på jobb").press("Enter")
    expect(right.get_by_role("heading", level=1)).to_have_text("Se i e-posten din")
    looks_right(right)
    link = link_in(mailbox, RIGHT, 2)
    right.goto(link)
    looks_right(right)
    right.get_by_role("main").get_by_role("button", name="Logg inn").click()
    right.wait_for_url("**/min-side")


def _sees_the_chain(lead: Page) -> None:
    lead.reload()
    expect(lead.get_by_text("Rita Rett").first).to_be_visible()
    looks_right(lead)


def test_a_foreign_vendor_registers_in_english(
    browse: Callable[..., Page], mail_server: Mailbox
) -> None:
    page = browse(viewport=PHONE, locale="en-GB")
    page.goto("/leverandor/registrer")
    looks_right(page)
    page.locator("#firm").fill("Blueberry Records AB")
    page.locator("#number_kind-1").check()
    expect(page.locator("#org_number")).to_be_hidden()
    page.locator("#country").select_option("SE")
    page.locator("#name").fill("Anna Vendor")
    page.locator("#email").fill(VENDOR)
    page.locator("#email").press("Enter")
    page.get_by_role("alert").wait_for()
    expect(page.locator("#foreign_number")).to_have_attribute("aria-invalid", "true")
    looks_right(page)
    page.locator("#foreign_number").fill("556016-0680")
    page.locator("#foreign_number").press("Enter")
    page.wait_for_url("**/sjekk-e-posten*")
    page.goto(link_in(mail_server, VENDOR))
    looks_right(page)
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_url("**/oversikt")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/min-side")
    expect(page.get_by_role("main").get_by_text("Blueberry Records AB")).to_be_visible()
    looks_right(page)
