"""KS writes: a lead changes a page, publishes a notice, sends a message to a county's contacts, and
stops a later one. A contact on a phone and someone who has not signed in read what is theirs."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from pilot.core import clock
from tests.support.browser import PHONE
from tests.support.looks import looks_right
from tests.support.mail import Mailbox

LEAD = "leder@ks.example"
CONTACT = "kontakt@5501.kommune.example"  # Tromsø, in Troms
OTHER = "kontakt@0301.kommune.example"
SUBJECT = "Møte om brukerhistorier i Troms"


def test_a_lead_writes_and_people_read(browse: Callable[..., Page], mail_server: Mailbox) -> None:
    lead, reader = browse(LEAD), browse()
    contact = browse(CONTACT, viewport=PHONE)

    _changes_a_page(lead, reader)
    _publishes_a_notice(lead)
    _reads_the_notice(reader, contact)
    _sends_to_a_county(lead)
    mail = mail_server.wait_for(CONTACT)
    assert mail["Subject"] == f"[Demo] {SUBJECT}"
    assert not [m for m in mail_server.to(OTHER) if SUBJECT in m["Subject"]]
    _stops_a_later_one(lead)


def _changes_a_page(lead: Page, reader: Page) -> None:
    lead.goto("/om")
    lead.get_by_role("main").get_by_role("link", name="Kontakt", exact=True).click()
    looks_right(lead)
    lead.get_by_role("link", name="Rediger").click()
    lead.get_by_role("link", name="Endre teksten").click()
    looks_right(lead)
    lead.get_by_label("Tekst på bokmål").fill("## Telefon\n\nRing oss mellom ni og tre.")
    lead.get_by_label("Hva har du endret?").fill("La til telefontid")
    lead.get_by_role("button", name="Lagre og se utkastet").click()
    expect(lead.get_by_text("Denne versjonen er ikke publisert.")).to_be_visible()
    looks_right(lead)
    reader.goto("/om/kontakt")
    expect(reader.get_by_text("Ring oss mellom ni og tre.")).to_have_count(0)
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Siden er publisert, og kan leses av alle.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("heading", name="Telefon")).to_be_visible()
    looks_right(reader)
    lead.goto("/om/kontakt/versjoner")
    expect(lead.get_by_text("La til telefontid")).to_be_visible()
    looks_right(lead)


def _publishes_a_notice(lead: Page) -> None:
    lead.goto("/aktuelt")
    looks_right(lead)
    lead.get_by_role("link", name="Skriv et oppslag").click()
    lead.get_by_role("button", name="Lagre og se utkastet").click()
    expect(lead.get_by_role("alert")).to_contain_text("Rett 2 feil")
    looks_right(lead)
    lead.get_by_label("Tittel på bokmål").fill("Arbeidet er i gang")
    lead.get_by_label("Tekst på bokmål").fill("Vi begynner med **behovene**.")
    lead.get_by_role("button", name="Lagre og se utkastet").click()
    expect(lead.get_by_text("Oppslaget er et utkast. Bare KS ser det.")).to_be_visible()
    looks_right(lead)
    lead.get_by_role("button", name="Publiser oppslaget").click()
    expect(lead.get_by_text("Oppslaget er publisert.")).to_be_visible()


def _reads_the_notice(reader: Page, contact: Page) -> None:
    reader.goto("/")
    looks_right(reader)
    reader.get_by_role("link", name="Arbeidet er i gang").click()
    expect(reader.get_by_text("Vi begynner med behovene.")).to_be_visible()
    looks_right(reader)
    contact.goto("/oversikt")
    expect(contact.get_by_role("link", name="Arbeidet er i gang")).to_be_visible()
    feed = reader.request.get("/aktuelt.atom")
    assert "Arbeidet er i gang" in feed.text()


def _sends_to_a_county(lead: Page) -> None:
    lead.goto("/meldinger")
    looks_right(lead)
    lead.get_by_role("link", name="Skriv en melding").click()
    looks_right(lead)
    lead.get_by_label("Hvem skal få meldingen?").select_option(label="Troms")
    lead.get_by_label("Tittel på bokmål").fill(SUBJECT)
    lead.get_by_label("Tekst på bokmål").fill("Velkommen til møte.")
    lead.get_by_role("button", name="Lagre og se utkastet").click()
    expect(lead.get_by_text("2 mottakere", exact=True)).to_be_visible()
    looks_right(lead)
    lead.get_by_role("button", name="Send en test til meg").click()
    expect(lead.get_by_text(f"En test er på vei til {LEAD}.")).to_be_visible()
    lead.get_by_role("button", name="Send til 2 mottakere").click()
    expect(lead.get_by_text("Meldingen er på vei ut.")).to_be_visible()


def _stops_a_later_one(lead: Page) -> None:
    lead.get_by_role("link", name="Lag en ny av teksten").click()
    lead.get_by_label("Tittel på bokmål").fill("Påminning om møtet")
    lead.get_by_role("button", name="Lagre og se utkastet").click()
    lead.get_by_label("På et tidspunkt").check()
    lead.get_by_role("button", name="Send til 2 mottakere").click()
    expect(lead.get_by_role("alert")).to_contain_text("Velg dato og klokkeslett.")
    looks_right(lead)
    lead.get_by_label("Tidspunkt", exact=True).fill(_next_year())
    lead.get_by_role("button", name="Send til 2 mottakere").click()
    expect(lead.get_by_text("blir sendt på tidspunktet du valgte")).to_be_visible()
    looks_right(lead)
    lead.get_by_role("button", name="Stopp meldingen").click()
    expect(lead.get_by_text("Meldingen er stoppet. Ingen hadde fått den.")).to_be_visible()
    lead.goto("/utboks?tilstand=stopped")
    expect(lead.get_by_text(CONTACT)).to_be_visible()
    looks_right(lead)


def _next_year() -> str:
    return (clock.now() + timedelta(days=200)).strftime("%Y-%m-%dT09:00")
