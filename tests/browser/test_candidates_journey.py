"""A round from invitation to release: KS and two municipalities, one of them on a phone."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pilot.core.clock import today
from tests.support.browser import PHONE, tab_to
from tests.support.looks import looks_right
from tests.support.mail import Mailbox
from tests.support.site import PASSWORD

LEAD = "leder@ks.example"
TRONDHEIM = "kontakt@5001.kommune.example"
INVENTED = "kontakt@9901.kommune.example"
ROUND = "Runde for prøven"
SENTENCE = "Vi vil dele opplysninger med sykehuset."


@pytest.mark.timeout(300)
def test_from_invitation_to_release(browse: Callable[..., Page], mail_server: Mailbox) -> None:
    lead, reader = browse(LEAD), browse()
    contact, other = browse(TRONDHEIM, viewport=PHONE), browse(INVENTED)
    _ends_the_round_of_the_demo(lead)
    path = _opens_a_round_and_invites(lead)
    mail = mail_server.wait_for(TRONDHEIM)
    assert ROUND in mail["Subject"]
    _expresses_interest(contact)
    _does_not_agree_to_be_shown(other, path)
    reader.goto("/utproving")
    shown = reader.get_by_role("main")
    expect(shown.get_by_role("link", name="Trondheim")).to_be_visible()
    expect(shown.get_by_role("link", name="Eksempelvik")).to_have_count(0)
    _decides(lead, path)
    contact.goto(path)
    expect(contact.get_by_text("Under vurdering").first).to_be_visible()
    expect(contact.get_by_text("Ikke valgt")).to_have_count(0)
    _releases(lead, path)
    other.goto(f"{path}/kandidater/9901")
    expect(other.get_by_text("Ikke valgt").first).to_be_visible()
    expect(other.get_by_text("Fordi andre dekker behovet.").first).to_be_visible()
    reader.goto(path)
    expect(reader.get_by_text("Ikke valgt")).to_have_count(0)  # it has not agreed to be shown
    looks_right(reader)
    _opens_the_round_of_the_demo_again(lead)


def _ends_the_round_of_the_demo(lead: Page) -> None:
    lead.goto("/utproving")
    lead.get_by_role("main").get_by_role("link", name="Første utprøvingsrunde").click()
    lead.get_by_role("link", name="Start vurderingen …").click()
    lead.get_by_role("button", name="Start vurderingen").click()
    expect(lead.get_by_text("Runden er under vurdering.")).to_be_visible()


def _opens_the_round_of_the_demo_again(lead: Page) -> None:
    """The site is shared: what other tests look at is left as it was."""
    lead.goto("/utproving")
    lead.get_by_role("main").get_by_role("link", name="Første utprøvingsrunde").click()
    lead.get_by_role("link", name="Åpne runden igjen …").click()
    lead.get_by_role("button", name="Åpne runden").click()
    expect(lead.get_by_text("Runden er åpen. Kommunene kan melde interesse.")).to_be_visible()


def _opens_a_round_and_invites(lead: Page) -> str:
    lead.goto("/utproving")
    lead.get_by_role("link", name="Planlegg en runde").click()
    lead.get_by_label("Navn på runden").fill(ROUND)
    lead.get_by_label("Åpner").fill(str(today()))
    lead.get_by_label("Frist for å melde interesse").fill(str(today() + timedelta(days=20)))
    looks_right(lead)
    lead.get_by_role("button", name="Lagre").click()
    lead.get_by_role("link", name="Åpne runden …").click()
    lead.get_by_role("button", name="Åpne runden").click()
    path = re.sub(r"https?://[^/]+", "", lead.url)
    lead.get_by_role("link", name="Inviter kommuner").click()
    lead.get_by_label("Navn eller nummer på kommunene").fill("5001")
    lead.get_by_role("button", name="Se hvem som blir invitert").click()
    expect(lead.get_by_text("5001 Trondheim")).to_be_visible()
    looks_right(lead)
    lead.get_by_role("button", name="Send invitasjonene").click()
    expect(lead.get_by_text("Én kommune er invitert.")).to_be_visible()
    return path


def _expresses_interest(contact: Page) -> None:
    contact.goto("/oversikt")
    contact.get_by_role("link", name="Svar på om kommunen vil være med i utprøvingen").click()
    contact.get_by_role("button", name="Meld interesse").click()
    expect(contact.get_by_role("alert")).to_contain_text("Rett 3 feil")
    looks_right(contact)
    contact.get_by_label("Hvorfor vil kommunen være med?").fill(SENTENCE)
    contact.get_by_label("Hvem har godkjent dette?").fill("Grete Godkjent")
    contact.get_by_label("Rollen til den som har godkjent").fill("kommunalsjef")
    contact.get_by_label("Vis for alle at kommunen har meldt interesse").check()
    contact.get_by_role("button", name="Meld interesse").click()
    expect(contact.get_by_text("Takk. KS har fått interessemeldingen")).to_be_visible()
    looks_right(contact)


def _does_not_agree_to_be_shown(other: Page, path: str) -> None:
    other.goto(f"{path}/interesse")
    other.get_by_label("Hvorfor vil kommunen være med?").fill(SENTENCE)
    other.get_by_label("Hvem har godkjent dette?").fill("Aksel Ansvar")
    other.get_by_label("Rollen til den som har godkjent").fill("helsesjef")
    other.get_by_role("button", name="Meld interesse").click()
    expect(other.get_by_text("Takk. KS har fått interessemeldingen")).to_be_visible()


def _decides(lead: Page, path: str) -> None:
    lead.goto("/oversikt")
    lead.get_by_role("link", name=f"Les nye interessemeldinger i «{ROUND}»").click()
    looks_right(lead)
    lead.goto(path)
    lead.get_by_role("link", name="Start vurderingen …").click()
    lead.get_by_role("button", name="Start vurderingen").click()
    lead.goto(f"{path}/kandidater/9901")
    lead.get_by_role("link", name="Ikke valgt …").click()
    lead.get_by_label("Begrunnelse til kommunen").fill("Fordi andre dekker behovet.")
    lead.get_by_label("Kort begrunnelse som alle kan lese").fill("Andre dekker behovet.")
    looks_right(lead)
    lead.get_by_role("button", name="Sett status").click()
    expect(lead.get_by_text("Utfallet er ikke offentliggjort.")).to_be_visible()
    looks_right(lead)


def _releases(lead: Page, path: str) -> None:
    """Trondheim is real, and leaves the round before anything is decided about it."""
    lead.goto(f"{path}/kandidater/5001")
    lead.get_by_role("link", name="Kommunen vil trekke seg …").click()
    lead.get_by_label("Telefon").check()
    lead.get_by_label("Når kom den?").fill(str(today()))
    lead.get_by_role("button", name="Ta kommunen ut av runden").click()
    lead.goto(path)
    lead.get_by_role("link", name="Sett som besluttet …").click()
    lead.get_by_role("button", name="Sett som besluttet").click()
    lead.get_by_role("link", name="Offentliggjør …").click()
    lead.get_by_role("button", name="Offentliggjør for alle").click()
    expect(lead.get_by_text("Beslutningen er offentliggjort")).to_be_visible()


def test_interest_by_keyboard_alone(browse: Callable[..., Page]) -> None:
    page = browse()
    page.goto("/logg-inn?next=/utproving")
    _tab_and_type(page, "main input[name=email]", "kontakt@3301.kommune.example")
    _tab_and_type(page, "main input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\d/utproving(#|$)"))
    tab_to(page, _focus_is_on(page, "main a[href$='/interesse']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/interesse")
    _tab_and_type(page, "#sentence", SENTENCE)
    _tab_and_type(page, "#approved_by", "Bodil Beslutning")
    _tab_and_type(page, "#approved_role", "helsesjef")
    tab_to(page, _focus_is_on(page, "#is_public"))
    page.keyboard.press("Space")
    tab_to(page, _focus_is_on(page, "main form button[type=submit]"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Takk. KS har fått interessemeldingen")).to_be_visible()


def _tab_and_type(page: Page, selector: str, text: str) -> None:
    tab_to(page, _focus_is_on(page, selector))
    page.keyboard.type(text)


def _focus_is_on(page: Page, selector: str) -> Callable[[], bool]:
    return lambda: bool(page.evaluate("(s) => document.activeElement?.matches(s)", selector))
