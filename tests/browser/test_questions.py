"""Questions and answers: one vendor asks in English, another on the phone; KS answers both, and
everyone reads it at once. Nobody sees who asked."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.browser import PHONE
from tests.support.looks import looks_right
from tests.support.mail import Mailbox, parts

LEAD = "leder@ks.example"
NORDLYS, FJORD = "selger@nordlys-epj.example", "selger@fjord-helse.example"
OWN = "/leverandordialog/sporsmal"
OUT = "/leverandordialog/sporsmal-og-svar"
IN_ENGLISH = "Will our Nordlys medication module be enough for the pilot?"
ON_THE_PHONE = "Fjord Helse spør om testmiljøet koster noe"
MENDED = "Fjord Helse spør om testmiljøet koster noe for små firmaer"
PAIRS = (
    ("Holder det med en modul for legemidler?", "Ja, se brukerhistoriene."),
    ("Koster testmiljøet noe?", "Nei, det er **gratis** for alle."),
)


def test_two_ask_and_everyone_reads_the_answers(
    browse: Callable[..., Page], mail_server: Mailbox
) -> None:
    lead, fjord, stranger = browse(LEAD), browse(FJORD), browse()
    nordlys = browse(NORDLYS, viewport=PHONE, locale="en-GB")
    asked = _asks_in_english(nordlys)
    _registers_a_call(lead)
    told = _gets_a_receipt(mail_server)
    _corrects_it(fjord, told)
    for page, where in ((fjord, asked), (nordlys, told), (stranger, told)):
        _learns_nothing(page, where)
    _drafts(lead)
    _publishes(lead)
    where = _is_told(mail_server)
    for page in (stranger, fjord, nordlys):
        _reads(page, where)
    nordlys.goto(asked)
    expect(nordlys.get_by_role("main")).to_contain_text("published")
    looks_right(nordlys)


def _asks_in_english(vendor: Page) -> str:
    vendor.goto("/leverandordialog")
    vendor.get_by_role("link", name="Ask KS").click()
    vendor.get_by_role("link", name="Ask a question").first.click()
    vendor.get_by_role("button", name="Send the question").click()
    expect(vendor.get_by_role("alert")).to_contain_text("Write what you want to ask about.")
    looks_right(vendor)
    expect(vendor.get_by_text("do not write who you are")).to_be_visible()
    vendor.get_by_label("The question", exact=True).fill(IN_ENGLISH)
    vendor.get_by_role("button", name="Send the question").click()
    expect(vendor.get_by_text("KS has received the question.")).to_be_visible()
    looks_right(vendor)
    return _path(vendor, rf"{OWN}/\d+")


def _path(page: Page, pattern: str) -> str:
    found = re.search(pattern, page.url)
    assert found, page.url
    return found.group()


def _registers_a_call(lead: Page) -> None:
    lead.goto("/oversikt")
    lead.get_by_role("link", name="Svar på spørsmål fra leverandører").click()
    looks_right(lead)
    lead.get_by_role("link", name="Registrer et spørsmål").click()
    lead.get_by_label("Leverandør", exact=True).select_option(label="Fjord Helse")
    lead.get_by_label("Spørsmålet", exact=True).fill(ON_THE_PHONE)
    lead.get_by_label("Telefon").check()
    lead.get_by_label("Når kom den?").fill("2026-11-12")
    lead.get_by_role("button", name="Registrer spørsmålet").click()
    expect(lead.get_by_text("registrert av KS etter telefon 12. november 2026")).to_be_visible()
    looks_right(lead)


def _gets_a_receipt(mail_server: Mailbox) -> str:
    receipt = mail_server.wait_for(FJORD, about="KS har registrert et spørsmål for Fjord Helse")
    text, html = parts(receipt)
    for part in (text, html):
        assert "etter telefon 12. november 2026" in part
        assert "testmiljøet" not in part  # the question stays on the site
    found = re.search(rf"{OWN}/\d+", text)
    assert found
    return found.group()


def _corrects_it(vendor: Page, where: str) -> None:
    vendor.goto(where)
    expect(vendor.get_by_text("registrert av KS etter telefon 12. november 2026")).to_be_visible()
    vendor.get_by_role("link", name="Endre").click()
    vendor.get_by_label("Spørsmålet", exact=True).fill(MENDED)
    vendor.get_by_role("button", name="Lagre spørsmålet").click()
    expect(vendor.get_by_text(MENDED)).to_be_visible()
    vendor.get_by_role("button", name="Trekk spørsmålet").click()
    expect(vendor.get_by_text("KS svarer ikke på det.")).to_be_visible()
    vendor.get_by_role("button", name="Send det igjen").click()
    expect(vendor.get_by_text("Spørsmålet er sendt igjen.")).to_be_visible()
    looks_right(vendor)


def _learns_nothing(page: Page, where: str) -> None:
    answer = page.goto(where)
    assert answer is not None
    if "/logg-inn" not in page.url:
        assert answer.status == 404
    assert "Nordlys medication" not in page.content()
    assert "testmiljøet" not in page.content()


def _drafts(lead: Page) -> None:
    for received, (question, answer) in zip((IN_ENGLISH, MENDED), PAIRS, strict=True):
        lead.goto("/leverandordialog/innkomne-sporsmal")
        lead.get_by_role("checkbox", name=received[:40]).check()
        lead.get_by_role("button", name="Skriv svar til de valgte").click()
        expect(lead.get_by_text(received)).to_be_visible()
        lead.get_by_label("Spørsmålet, slik alle skal lese det").fill(question)
        lead.get_by_label("Svaret", exact=True).fill(answer)
        looks_right(lead)
        lead.get_by_role("button", name="Lagre utkast").click()
        expect(lead.get_by_text("Utkastet er lagret.")).to_be_visible()


def _publishes(lead: Page) -> None:
    for question, _ in PAIRS:
        lead.get_by_role("checkbox", name=question).check()
    looks_right(lead)
    lead.get_by_role("button", name="Se hvordan det blir").click()
    expect(lead.get_by_role("article")).to_have_count(2)
    assert "Nordlys" not in lead.get_by_role("main").inner_text()
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_role("alert")).to_contain_text("Svar ja eller nei.")
    looks_right(lead)
    lead.get_by_label("Nei, ingen kan kjenne igjen den som spurte").check()
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Svarene er publisert.")).to_be_visible()
    looks_right(lead)


def _is_told(mail_server: Mailbox) -> str:
    """The same mail to both of those who asked, as to all."""
    about = "Nye spørsmål og svar i leverandørdialogen"
    told = [mail_server.wait_for(address, about=about) for address in (FJORD, NORDLYS)]
    found = {re.search(rf"{OUT}/\d+", part) for mail in told for part in parts(mail)}
    places = {one.group() for one in found if one}
    assert len(places) == 1
    return places.pop()


def _reads(page: Page, where: str) -> None:
    for path in (OUT, where):
        page.goto(path)
        for question, _ in PAIRS:
            expect(page.get_by_role("heading", name=question)).to_be_visible()
        expect(page.get_by_text("gratis")).to_be_visible()
        text = page.get_by_role("main").inner_text()
        assert not re.search(r"Fjord Helse|medication|små firmaer", text)
        looks_right(page)
