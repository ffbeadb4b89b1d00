"""A session with one place: two vendors, and who is told."""

import re

from playwright.sync_api import Page, expect

from tests.browser.second import FIRM, FOREIGN, JOIN, SESSION, link_in, main_of
from tests.support.looks import looks_right
from tests.support.mail import Mailbox, parts


def publishes_a_session(lead: Page) -> str:
    menu = lead.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_role("link", name="Leverandørdialog").click()
    lead.get_by_role("link", name="Nytt plenumsmøte").click()
    lead.get_by_label("Hva handler møtet om?").fill(SESSION)
    lead.get_by_label("Begynner").fill("2030-12-03T09:00")
    lead.get_by_label("Slutter").fill("2030-12-03T10:30")
    lead.get_by_label("Møtelenke").fill(JOIN)
    lead.get_by_label("Antall plasser").fill("1")
    lead.get_by_role("button", name="Lagre utkast").click()
    lead.get_by_role("link", name="Publiser").click()
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Ledige plasser")).to_be_visible()
    return re.sub(r"https?://[^/]+", "", lead.url)


def takes_the_last_place(nordlys: Page) -> None:
    menu = nordlys.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_role("link", name="Leverandørdialog").click()
    main_of(nordlys).get_by_role("link", name=SESSION).click()
    nordlys.get_by_role("link", name="Meld på").click()
    nordlys.get_by_role("button", name="Meld på meg").click()
    expect(nordlys.get_by_role("link", name="Bli med i møtet")).to_have_attribute("href", JOIN)


def signs_up_in_english(foreign: Page, session: str, mailbox: Mailbox) -> None:
    """From the session's page to the session's page, through the form and the mail."""
    foreign.goto(session)
    foreign.get_by_role("link", name="Log in to register").click()
    foreign.get_by_role("link", name="Register a vendor").click()
    foreign.get_by_label("Name of the company").fill(FIRM)
    foreign.get_by_label("Number from another country").check()
    foreign.get_by_label("Country", exact=True).select_option(label="Sweden")
    foreign.get_by_label("The number in that country").fill("556016-0680")
    foreign.get_by_label("Your name").fill("Astrid Ås")
    foreign.get_by_label("Work e-mail").fill(FOREIGN)
    looks_right(foreign)
    foreign.get_by_role("button", name="Register").click()
    foreign.wait_for_url(re.compile("/sjekk-e-posten"))
    foreign.goto(link_in(mailbox, FOREIGN))
    foreign.get_by_role("button", name="Confirm and log in").click()
    foreign.wait_for_url(f"**{session}")


def waits(foreign: Page) -> None:
    foreign.get_by_role("link", name="Join the waiting list").click()
    foreign.get_by_role("button", name="Register me").click()
    expect(foreign.get_by_text("number 1 in line")).to_be_visible()
    expect(foreign.get_by_role("link", name="Join the session")).to_have_count(0)
    looks_right(foreign)


def sees_no_names(reader: Page, session: str) -> None:
    reader.goto(session)
    expect(reader.get_by_text("Fullt, venteliste")).to_be_visible()


def cancels(nordlys: Page) -> None:
    nordlys.get_by_role("link", name="Meld av").click()
    nordlys.get_by_role("button", name="Meld av").click()
    expect(nordlys.get_by_text("er meldt av.")).to_be_visible()


def is_told(foreign: Page, mailbox: Mailbox) -> None:
    told = mailbox.wait_for(FOREIGN, 3)
    assert "You have been given a place" in told["Subject"]
    text, _ = parts(told)
    assert JOIN in text
    foreign.goto(link_in(mailbox, FOREIGN, 3))
    expect(foreign.get_by_role("link", name="Join the session")).to_have_attribute("href", JOIN)
