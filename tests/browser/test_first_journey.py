"""The first journey: a municipality's need comes in, KS handles it, everyone sees where it stands.

Four people, each in their own browser: a municipality's contact on a phone, a lead at KS, a vendor,
and someone who has not signed in.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.looks import looks_right
from tests.support.mail import Mailbox

pytestmark = pytest.mark.both_databases

CONTACT = "kontakt@5001.kommune.example"  # Trondheim, which has no story in the demo
LEAD = "leder@ks.example"
VENDOR = "selger@nordlys-epj.example"
TITLE = "Se hvem som har vakt når sykehuset ringer"
NEED = "se hvem som har vakt i hjemmetjenesten akkurat nå"
BENEFIT = "sykehuset når fram til rett person ved utskriving"


def test_a_need_becomes_a_story_that_everyone_can_read(
    browse: Callable[..., Page], mail_server: Mailbox
) -> None:
    contact = browse(CONTACT, viewport=PHONE)
    lead, vendor, reader = browse(LEAD), browse(VENDOR), browse()

    ref = _writes_a_draft_and_leaves(contact)
    _comes_back_and_submits(contact, ref)
    _sees_nothing(vendor, ref)
    _sees_nothing(reader, ref)
    _finds_it_under_needs_you_now_and_returns_it(lead, ref)
    _reads_the_mail(mail_server, ref)
    _mends_it(contact, ref)
    _takes_it_in(lead, ref)
    _sees_nothing(vendor, ref)
    _publishes_it(lead, ref)
    _reads_it(vendor, ref)
    _reads_it(reader, ref)
    _finds_it_on_the_map(reader)


def _writes_a_draft_and_leaves(contact: Page) -> str:
    contact.get_by_role("main").get_by_role("link", name="Skriv en historie").first.click()
    contact.get_by_label("Tittel").fill(TITLE)
    contact.get_by_label("Som …").fill("koordinator på sykehus")
    looks_right(contact)
    contact.get_by_role("button", name="Lagre utkast").click()
    expect(contact.get_by_text("er lagret. Du kan fortsette når det passer.")).to_be_visible()
    ref = re.search(r"BH-\d{4}", contact.url)
    assert ref, contact.url
    contact.goto("/kommuner")
    return ref.group()


def _comes_back_and_submits(contact: Page, ref: str) -> None:
    contact.goto("/oversikt")
    contact.get_by_role("link", name="Fortsett på utkast").click()
    contact.get_by_role("main").get_by_role("link", name=TITLE).click()
    contact.get_by_role("link", name="Fortsett å skrive").click()
    expect(contact.get_by_label("Tittel")).to_have_value(TITLE)
    contact.get_by_role("button", name="Send inn").click()
    expect(contact.get_by_role("alert")).to_contain_text("Rett 2 feil")
    expect(contact.get_by_label("Tittel")).to_have_value(TITLE)
    looks_right(contact)
    contact.get_by_label("ønsker jeg å …").fill(NEED)
    contact.get_by_label("slik at …").fill(BENEFIT)
    contact.get_by_role("button", name="Send inn").click()
    expect(contact.get_by_text(f"{ref} er sendt inn.")).to_be_visible()


def _sees_nothing(someone: Page, ref: str) -> None:
    answer = someone.goto(f"/historier/{ref}")
    assert answer is not None
    assert answer.status == 404
    someone.goto("/historier?q=vakt+sykehuset+ringer")
    expect(someone.get_by_text(TITLE)).to_have_count(0)


def _finds_it_under_needs_you_now_and_returns_it(lead: Page, ref: str) -> None:
    lead.goto("/oversikt")
    lead.get_by_role("link", name="Vurder historier som er sendt inn").click()
    lead.get_by_role("main").get_by_role("link", name=TITLE).click()
    lead.get_by_role("link", name="Send tilbake").click()
    lead.get_by_role("button", name="Send tilbake").click()
    expect(lead.get_by_role("alert")).to_contain_text("Skriv en begrunnelse")
    lead.get_by_label("Begrunnelse").fill("Skriv hvor opplysningene er i dag.")
    lead.get_by_role("button", name="Send tilbake").click()
    expect(lead.get_by_text("Historien er sendt tilbake, og kommunen får e-post.")).to_be_visible()


def _reads_the_mail(mailbox: Mailbox, ref: str) -> None:
    mail = mailbox.wait_for(CONTACT)
    assert mail["Subject"] == f"[Demo] KS ber deg rette {ref}"
    text = mail.get_body(("plain",)).get_content()
    assert "Skriv hvor opplysningene er i dag." in text
    assert f"/historier/{ref}" in text


def _mends_it(contact: Page, ref: str) -> None:
    contact.goto("/oversikt")
    contact.get_by_role("link", name="Rett historier som er sendt tilbake").click()
    contact.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(contact.get_by_text("Skriv hvor opplysningene er i dag.").first).to_be_visible()
    contact.get_by_role("link", name="Rett historien").click()
    contact.get_by_label("Fra tjeneste").select_option(label="Hjemmetjeneste")
    contact.get_by_label("Til tjeneste").select_option(label="Sykehus")
    contact.get_by_label("Hva har du endret?").fill("La til tjenestene")
    contact.get_by_role("button", name="Send inn").click()
    expect(contact.get_by_text(f"{ref} er sendt inn.")).to_be_visible()
    looks_right(contact)


def _takes_it_in(lead: Page, ref: str) -> None:
    lead.goto(f"/historier/{ref}")
    lead.get_by_role("link", name="Sammenlign").click()
    expect(lead.get_by_role("main").locator("ins").first).to_contain_text("jemmetjeneste")
    looks_right(lead)
    lead.go_back()
    lead.get_by_role("button", name="Ta inn historien").click()
    expect(lead.get_by_text("Historien er tatt inn. Nå kan du publisere den.")).to_be_visible()


def _publishes_it(lead: Page, ref: str) -> None:
    lead.get_by_role("link", name="Publiser …").click()
    looks_right(lead)
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text(f"{ref} er publisert, og kan leses av alle.")).to_be_visible()
    looks_right(lead)


def _reads_it(someone: Page, ref: str) -> None:
    someone.goto("/historier?q=vakt+sykehuset+ringer")
    someone.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(someone.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(someone.get_by_text(NEED)).to_be_visible()
    expect(someone.get_by_text("Skriv hvor opplysningene er i dag.")).to_have_count(0)
    looks_right(someone)


def _finds_it_on_the_map(reader: Page) -> None:
    reader.goto("/")
    expect(reader.get_by_text(TITLE)).to_be_visible()
    mark = reader.get_by_role("link", name="Trondheim: én historie")
    expect(mark).to_be_visible()
    mark.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Trondheim kommune")
    expect(reader.get_by_role("main").get_by_role("link", name=TITLE)).to_be_visible()
