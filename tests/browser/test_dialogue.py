"""The last place: KS publishes a session, two vendors want in, one gives up the place, and the
other is told. One of them reads English, on a phone."""

import re
from collections.abc import Callable

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, tab_to
from tests.support.looks import looks_right
from tests.support.mail import Mailbox, parts
from tests.support.site import PASSWORD

LEAD = "leder@ks.example"
NORDLYS, FJORD = "selger@nordlys-epj.example", "selger@fjord-helse.example"
TITLE = "Samtale om siste plass"
LINK = "https://mote.example/siste-plass"


def test_the_last_place_goes_to_the_next_in_line(
    browse: Callable[..., Page], mail_server: Mailbox
) -> None:
    lead, nordlys = browse(LEAD), browse(NORDLYS)
    fjord, reader = browse(FJORD, viewport=PHONE, locale="en-GB"), browse()
    where = _writes_a_session(lead)
    answer = reader.goto(where)
    assert answer is not None
    assert answer.status == 404
    _publishes_it(lead)
    _registers(nordlys, where)
    _waits_in_english(fjord, where)
    _sees_neither_names_nor_numbers(reader, where)
    _leaves(nordlys, where)
    _is_told(mail_server)
    _comes(fjord, where)
    _sees_who_comes(lead, where)


def _writes_a_session(lead: Page) -> str:
    lead.get_by_role("navigation").get_by_role("link", name="Leverandørdialog").first.click()
    lead.get_by_role("link", name="Nytt plenumsmøte").click()
    lead.get_by_role("button", name="Lagre utkast").click()
    expect(lead.get_by_role("alert")).to_contain_text("Rett 4 feil")
    looks_right(lead)
    lead.get_by_label("Hva handler møtet om?").fill(TITLE)
    lead.get_by_label("Begynner").fill("2030-12-03T09:00")
    lead.get_by_label("Slutter").fill("2030-12-03T10:30")
    lead.get_by_label("Møtelenke").fill(LINK)
    lead.get_by_label("Antall plasser").fill("1")
    lead.get_by_role("button", name="Lagre utkast").click()
    expect(lead.get_by_text("Dette er et utkast")).to_be_visible()
    looks_right(lead)
    found = re.search(r"/leverandordialog/okter/\d+", lead.url)
    assert found, lead.url
    return found.group()


def _publishes_it(lead: Page) -> None:
    lead.get_by_role("link", name="Publiser").click()
    looks_right(lead)
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Ledige plasser")).to_be_visible()


def _registers(vendor: Page, where: str) -> None:
    vendor.goto(where)
    vendor.get_by_role("link", name="Meld på").click()
    expect(vendor.get_by_text("Deltakelse er frivillig, gir ingen fordel")).to_be_visible()
    looks_right(vendor)
    vendor.get_by_role("button", name="Meld på meg").click()
    expect(vendor.get_by_role("link", name="Bli med i møtet")).to_have_attribute("href", LINK)
    looks_right(vendor)


def _waits_in_english(vendor: Page, where: str) -> None:
    vendor.goto(where)
    expect(vendor.get_by_text("Norwegian time (CET)").first).to_be_visible()
    vendor.get_by_role("link", name="Join the waiting list").click()
    expect(vendor.get_by_text("Taking part is voluntary")).to_be_visible()
    looks_right(vendor)
    vendor.get_by_role("button", name="Register me").click()
    expect(vendor.get_by_text("number 1 in line")).to_be_visible()
    expect(vendor.get_by_role("link", name="Join the session")).to_have_count(0)
    looks_right(vendor)


def _sees_neither_names_nor_numbers(reader: Page, where: str) -> None:
    for page in (where, "/leverandordialog"):
        reader.goto(page)
        expect(reader.get_by_text("Fullt, venteliste")).to_be_visible()
        text = reader.get_by_role("main").inner_text()
        assert not re.search(r"Nordlys|Fjord Helse|1 av 1", text)


def _leaves(vendor: Page, where: str) -> None:
    vendor.goto(where)
    vendor.get_by_role("link", name="Meld av").click()
    looks_right(vendor)
    vendor.get_by_role("button", name="Meld av").click()
    expect(vendor.get_by_text("er meldt av.")).to_be_visible()
    expect(vendor.get_by_role("link", name="Bli med i møtet")).to_have_count(0)


def _is_told(mail_server: Mailbox) -> None:
    told = mail_server.wait_for(FJORD, about=f"You have been given a place: {TITLE}")
    text, html = parts(told)
    assert LINK in text
    assert LINK in html
    assert "3 December 2030, 09:00–10:30, Norwegian time (CET)" in text
    (attached,) = told.iter_attachments()
    (event,) = Calendar.from_ical(attached.get_content()).events
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 1)
    (left,) = mail_server.wait_for(NORDLYS, about=f"Du er meldt av: {TITLE}").iter_attachments()
    assert Calendar.from_ical(left.get_content())["method"] == "CANCEL"


def _comes(vendor: Page, where: str) -> None:
    vendor.goto(where)
    expect(vendor.get_by_role("link", name="Join the session")).to_have_attribute("href", LINK)


def _sees_who_comes(lead: Page, where: str) -> None:
    lead.goto(where)
    lead.get_by_role("link", name="Se hvem som kommer").click()
    expect(lead.get_by_role("row", name=re.compile("Fjord Helse"))).to_contain_text("Bekreftet")
    expect(lead.get_by_role("row", name=re.compile("Nordlys EPJ"))).to_contain_text("Avmeldt")
    looks_right(lead)


def test_a_vendor_registers_a_colleague_without_a_mouse(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn?next=/leverandordialog")

    def focus_is_on(selector: str) -> Callable[[], bool]:
        return lambda: bool(page.evaluate("(s) => document.activeElement?.matches(s)", selector))

    for selector, text in (("[name=email]", NORDLYS), ("[name=password]", PASSWORD)):
        tab_to(page, focus_is_on(f"main input{selector}"))
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\d/leverandordialog(#|$)"))
    tab_to(page, focus_is_on("main h2 a"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/okter/\d+$"))
    tab_to(page, focus_is_on("main a[href$='/meld-pa']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/meld-pa")
    tab_to(page, focus_is_on("#name"))
    page.keyboard.type("Tone Tastatur")
    page.keyboard.press("Enter")  # sends the form the field is in, and no other
    page.get_by_role("alert").wait_for()
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, focus_is_on("a[href='#address']"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("E-post på jobb")).to_be_focused()
    page.keyboard.type("tone.tastatur@nordlys-epj.example")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tone Tastatur er påmeldt.")).to_be_visible()
