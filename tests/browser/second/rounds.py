"""A round opens, a municipality comes and is moved on."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from pilot.core.clock import today
from tests.browser.second import (
    APPROVER,
    FIRST,
    OWN_REASON,
    PLACE,
    RIGHT,
    ROUND,
    SENTENCE,
    link_in,
    main_of,
)
from tests.support.looks import looks_right
from tests.support.mail import Mailbox, parts


def opens_a_round(lead: Page) -> str:
    """One round is open at a time: the demo's own goes on to be assessed first."""
    lead.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Utprøving").click()
    main_of(lead).get_by_role("link", name="Første utprøvingsrunde").click()
    lead.get_by_role("link", name="Start vurderingen …").click()
    lead.get_by_role("button", name="Start vurderingen").click()
    expect(lead.get_by_text("Runden er under vurdering.")).to_be_visible()
    lead.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Utprøving").click()
    lead.get_by_role("link", name="Planlegg en runde").click()
    lead.get_by_label("Navn på runden").fill(ROUND)
    lead.get_by_label("Åpner").fill(str(today()))
    lead.get_by_label("Frist for å melde interesse").fill(str(today() + timedelta(days=20)))
    lead.get_by_role("button", name="Lagre").click()
    lead.get_by_role("link", name="Åpne runden …").click()
    looks_right(lead)
    lead.get_by_role("button", name="Åpne runden").click()
    expect(lead.get_by_text("Runden er åpen.")).to_be_visible()
    return re.sub(r"https?://[^/]+", "", lead.url)


def invites(lead: Page) -> None:
    """Nobody at the municipality has an account: the page shows the way to invite someone."""
    lead.get_by_role("link", name="Inviter kommuner").click()
    lead.get_by_label("Navn eller nummer på kommunene").fill("brønnøy")
    lead.get_by_role("button", name="Se hvem som blir invitert").click()
    expect(lead.get_by_text("Ingen kontaktperson", exact=True)).to_be_visible()
    lead.get_by_role("button", name="Send invitasjonene").click()
    expect(lead.get_by_text("Én kommune er invitert.")).to_be_visible()
    main_of(lead).get_by_role("link", name=PLACE).click()
    lead.get_by_role("link", name="Inviter en kontaktperson").click()
    lead.get_by_label("E-post på jobb").fill(FIRST)
    lead.get_by_label("Leder: kan godkjenne").check()
    lead.get_by_role("button", name="Send invitasjonen").click()
    expect(lead.get_by_text(f"Invitasjonen er sendt til {FIRST}")).to_be_visible()


def passes_it_on(first: Page, link: str) -> None:
    first.goto(link)
    first.get_by_role("link", name="Send invitasjonen videre").click()
    first.get_by_label("E-post til riktig kollega").fill(RIGHT)
    first.get_by_role("button", name="Send videre").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Invitasjonen er sendt videre")


def accepts(right: Page, link: str) -> None:
    right.goto(link)
    right.get_by_label("Navnet ditt").fill("Rita Rett")
    right.get_by_role("button", name="Godta og logg inn").click()
    expect(right.get_by_text(f"Nå deltar du for {PLACE} kommune")).to_be_visible()
    right.locator("details.pr-acting summary").click()
    right.get_by_role("button", name="Logg ut").click()
    expect(right.get_by_text("Du er logget ut.")).to_be_visible()


def comes_back_by_link(right: Page, mailbox: Mailbox) -> None:
    right.goto("/utproving")
    right.get_by_role("link", name="Logg inn og meld interesse").click()
    right.get_by_label("E-post på jobb").fill(RIGHT)
    right.get_by_role("button", name="Send meg en lenke").click()
    expect(right.get_by_role("heading", level=1)).to_have_text("Se i e-posten din")
    right.goto(link_in(mailbox, RIGHT, 2))
    main_of(right).get_by_role("button", name="Logg inn").click()
    right.wait_for_url("**/interesse")


def expresses_interest(right: Page) -> None:
    """She does not agree to be shown: only the municipality and KS know."""
    right.get_by_label("Hvorfor vil kommunen være med?").fill(SENTENCE)
    right.get_by_label("Hvem har godkjent dette?").fill(APPROVER)
    right.get_by_label("Rollen til den som har godkjent").fill("kommunalsjef")
    right.get_by_role("button", name="Meld interesse").click()
    expect(right.get_by_text("Takk. KS har fått interessemeldingen")).to_be_visible()


def moves_it_on(lead: Page, right: Page, mailbox: Mailbox) -> None:
    lead.goto("/oversikt")
    lead.get_by_role("link", name=f"Les nye interessemeldinger i «{ROUND}»").click()
    main_of(lead).get_by_role("link", name=PLACE).click()
    expect(lead.get_by_text(SENTENCE)).to_be_visible()
    assesses(lead)
    lead.get_by_role("link", name="Gått videre …").click()
    lead.get_by_label("Begrunnelse til kommunen").fill(OWN_REASON)
    lead.get_by_role("button", name="Sett status").click()
    expect(main_of(lead).get_by_text("Gått videre").first).to_be_visible()
    text, _ = parts(mailbox.wait_for(RIGHT, 3))
    assert OWN_REASON in text
    right.reload()
    expect(right.get_by_text(OWN_REASON).first).to_be_visible()


def assesses(lead: Page) -> None:
    """On to the assessment, and back to the candidate, by the links of the pages."""
    lead.get_by_role("navigation", name="Du er her").get_by_role("link", name=ROUND).click()
    lead.get_by_role("link", name="Start vurderingen …").click()
    lead.get_by_role("button", name="Start vurderingen").click()
    lead.get_by_role("link", name="Se kandidatene").click()
    main_of(lead).get_by_role("link", name=PLACE).click()
