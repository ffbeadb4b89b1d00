"""The second journey: a round opens, a municipality comes, a seat is filled, priorities are
released, and the last place of a session goes to the next in line.

Seven people, each in their own browser: a lead at KS, the one at the municipality who is invited,
the colleague who gets the invitation passed on, a member of the steering group, a Norwegian
vendor, a foreign one who signs up in English, and someone who has not signed in.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pilot.core.clock import today
from tests.support.browser import PHONE, looks_right
from tests.support.databases import Databases
from tests.support.mail import Mailbox, parts
from tests.support.site import Site, serving

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(600)]

LEAD, GROUP = "leder@ks.example", "styringsgruppe@ks.example"
FIRST, RIGHT = "postmottak@1813.kommune.example", "rita.rett@1813.kommune.example"
NORDLYS, FOREIGN = "selger@nordlys-epj.example", "astrid@blabar.example"
PLACE, FIRM = "Brønnøy", "Blåbär Journal AB"
ROUND, SESSION = "Runde for den andre reisen", "Samtale om felles innlogging"
JOIN = "https://mote.example/den-andre-reisen"
SENTENCE = "Vi mister tid når opplysningene ikke følger pasienten."
APPROVER = "Grete Godkjent"
OWN_REASON = "Dere beskrev forløpet tydelig."
INTERNAL_REASON, PUBLIC_REASON = "Bare et forsøk.", "Gjelder flest pasienter."
IMPARTIALITY = "Ingen meldte seg inhabile i saken."
#: What may be read nowhere by one who has not signed in.
HIDDEN = (
    *(PLACE, FIRST, RIGHT, "Rita Rett", SENTENCE, APPROVER, OWN_REASON, "Gått videre"),
    *("Nordlys", "Selma Selger", FIRM, "Astrid Ås", FOREIGN, JOIN),
    *(INTERNAL_REASON, IMPARTIALITY),
)


@pytest.fixture
def site(databases: Databases, tmp_path: Path, mail_server: Mailbox) -> Iterator[Site]:
    """A site of the journey's own: what it releases cannot be taken back for other tests."""
    with serving(databases.empty(), tmp_path / "log.txt", SMTP_URL=mail_server.url) as running:
        yield running


def test_from_a_round_to_the_last_place(browse: Callable[..., Page], mailbox: Mailbox) -> None:
    lead, first, group, reader = browse(LEAD), browse(), browse(GROUP), browse()
    right, foreign = browse(viewport=PHONE), browse(viewport=PHONE, locale="en-GB")
    nordlys = browse(NORDLYS)

    where = _opens_a_round(lead)
    _invites(lead)
    _passes_it_on(first, _link(mailbox, FIRST))
    _accepts(right, _link(mailbox, RIGHT))
    _comes_back_by_link(right, mailbox)
    _expresses_interest(right)
    _moves_it_on(lead, right, mailbox)
    _fills_a_seat(lead)
    ref = _orders(lead)
    _approves(group)
    _releases(lead)
    session = _publishes_a_session(lead)
    _takes_the_last_place(nordlys)
    _signs_up_in_english(foreign, session, mailbox)
    _waits(foreign)
    _sees_no_names(reader, session)
    _cancels(nordlys, session)
    _is_told(foreign, mailbox)
    _sees_what_is_public(reader, ref)
    _sees_nothing_else(reader, where, session)


def _main(page: Page) -> Locator:
    return page.get_by_role("main")


def _link(mailbox: Mailbox, address: str, count: int = 1) -> str:
    """The link to the site in the newest mail to an address, once there are so many."""
    text, _ = parts(mailbox.wait_for(address, count))
    found = re.search(r"http://127\S+", text)
    assert found, text
    return found.group()


# --- the round ------------------------------------------------------------------------------


def _opens_a_round(lead: Page) -> str:
    """One round is open at a time: the demo's own goes on to be assessed first."""
    lead.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Utprøving").click()
    _main(lead).get_by_role("link", name="Første utprøvingsrunde").click()
    lead.get_by_role("link", name="Start vurderingen …").click()
    lead.get_by_role("button", name="Start vurderingen").click()
    expect(lead.get_by_text("Runden er under vurdering.")).to_be_visible()
    lead.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Utprøving").click()
    lead.get_by_role("link", name="Planlegg en runde").click()
    lead.get_by_label("Navn på runden").fill(ROUND)
    lead.get_by_label("Åpner").fill(str(today()))
    lead.get_by_label("Frist for å melde interesse").fill(str(today() + timedelta(days=20)))
    lead.get_by_role("button", name="Lagre").click()
    looks_right(lead)
    lead.get_by_role("link", name="Åpne runden …").click()
    looks_right(lead)
    lead.get_by_role("button", name="Åpne runden").click()
    expect(lead.get_by_text("Runden er åpen.")).to_be_visible()
    looks_right(lead)
    return re.sub(r"https?://[^/]+", "", lead.url)


def _invites(lead: Page) -> None:
    """Nobody at the municipality has an account: the page shows the way to invite someone."""
    lead.get_by_role("link", name="Inviter kommuner").click()
    lead.get_by_label("Navn eller nummer på kommunene").fill("brønnøy")
    lead.get_by_role("button", name="Se hvem som blir invitert").click()
    expect(lead.get_by_text("Ingen kontaktperson", exact=True)).to_be_visible()
    looks_right(lead)
    lead.get_by_role("button", name="Send invitasjonene").click()
    expect(lead.get_by_text("Én kommune er invitert.")).to_be_visible()
    looks_right(lead)
    _main(lead).get_by_role("link", name=PLACE).click()
    looks_right(lead)
    lead.get_by_role("link", name="Inviter en kontaktperson").click()
    lead.get_by_label("E-post på jobb").fill(FIRST)
    lead.get_by_label("Leder: kan godkjenne").check()
    looks_right(lead)
    lead.get_by_role("button", name="Send invitasjonen").click()
    expect(lead.get_by_text(f"Invitasjonen er sendt til {FIRST}")).to_be_visible()


def _passes_it_on(first: Page, link: str) -> None:
    first.goto(link)
    looks_right(first)
    first.get_by_role("link", name="Send invitasjonen videre").click()
    looks_right(first)
    first.get_by_label("E-post til riktig kollega").fill(RIGHT)
    first.get_by_role("button", name="Send videre").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Invitasjonen er sendt videre")
    looks_right(first)


def _accepts(right: Page, link: str) -> None:
    right.goto(link)
    right.get_by_label("Navnet ditt").fill("Rita Rett")
    right.get_by_role("button", name="Godta og logg inn").click()
    expect(right.get_by_text(f"Nå deltar du for {PLACE} kommune")).to_be_visible()
    looks_right(right)
    right.locator("details.pr-acting summary").click()
    right.get_by_role("button", name="Logg ut").click()
    expect(right.get_by_text("Du er logget ut.")).to_be_visible()


def _comes_back_by_link(right: Page, mailbox: Mailbox) -> None:
    right.goto("/utproving")
    looks_right(right)
    right.get_by_role("link", name="Logg inn og meld interesse").click()
    right.get_by_label("E-post på jobb").fill(RIGHT)
    right.get_by_role("button", name="Send meg en lenke").click()
    expect(right.get_by_role("heading", level=1)).to_have_text("Se i e-posten din")
    right.goto(_link(mailbox, RIGHT, 2))
    looks_right(right)
    _main(right).get_by_role("button", name="Logg inn").click()
    right.wait_for_url("**/interesse")


def _expresses_interest(right: Page) -> None:
    """She does not agree to be shown: only the municipality and KS know."""
    right.get_by_label("Hvorfor vil kommunen være med?").fill(SENTENCE)
    right.get_by_label("Hvem har godkjent dette?").fill(APPROVER)
    right.get_by_label("Rollen til den som har godkjent").fill("kommunalsjef")
    looks_right(right)
    right.get_by_role("button", name="Meld interesse").click()
    expect(right.get_by_text("Takk. KS har fått interessemeldingen")).to_be_visible()
    looks_right(right)


def _moves_it_on(lead: Page, right: Page, mailbox: Mailbox) -> None:
    lead.goto("/oversikt")
    looks_right(lead)
    lead.get_by_role("link", name=f"Les nye interessemeldinger i «{ROUND}»").click()
    _main(lead).get_by_role("link", name=PLACE).click()
    expect(lead.get_by_text(SENTENCE)).to_be_visible()
    looks_right(lead)
    _assesses(lead)
    lead.get_by_role("link", name="Gått videre …").click()
    lead.get_by_label("Begrunnelse til kommunen").fill(OWN_REASON)
    looks_right(lead)
    lead.get_by_role("button", name="Sett status").click()
    expect(_main(lead).get_by_text("Gått videre").first).to_be_visible()
    text, _ = parts(mailbox.wait_for(RIGHT, 3))
    assert OWN_REASON in text
    right.reload()
    expect(right.get_by_text(OWN_REASON).first).to_be_visible()
    looks_right(right)


def _assesses(lead: Page) -> None:
    """On to the assessment, and back to the candidate, by the links of the pages."""
    lead.get_by_role("navigation", name="Du er her").get_by_role("link", name=ROUND).click()
    lead.get_by_role("link", name="Start vurderingen …").click()
    lead.get_by_role("button", name="Start vurderingen").click()
    lead.get_by_role("link", name="Se kandidatene").click()
    _main(lead).get_by_role("link", name=PLACE).click()


# --- the seat -------------------------------------------------------------------------------


def _fills_a_seat(lead: Page) -> None:
    menu = lead.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_text("Mer", exact=True).click()
    menu.get_by_role("link", name="Kjerneteam").click()
    _main(lead).get_by_role("link", name="Tjenesteansvarlig").click()
    looks_right(lead)
    lead.get_by_role("link", name="Oppnevn", exact=True).click()
    lead.get_by_label("E-post").fill("radgiver@nhn.example")
    looks_right(lead)
    lead.get_by_role("button", name="Oppnevn").click()
    expect(lead.get_by_text("Personen er oppnevnt og har fått e-post.")).to_be_visible()


# --- the priorities -------------------------------------------------------------------------


def _orders(lead: Page) -> str:
    """Two moves of one story: the last reason is for everyone, the first for KS alone."""
    lead.goto("/prioritering")
    lead.get_by_role("link", name="Arbeid med listen").click()
    row = lead.locator("tbody tr").nth(2)
    ref = row.get_attribute("id") or ""
    for reason, place in ((INTERNAL_REASON, 2), (PUBLIC_REASON, 1)):
        lead.get_by_label("Begrunnelse for det du endrer").fill(reason)
        lead.get_by_role("button", name=f"Opp {ref}").click()
        expect(lead.get_by_text(f"{ref} står nå på plass {place}")).to_be_visible()
    looks_right(lead)
    lead.get_by_role("link", name="Legg fram …").click()
    looks_right(lead)
    lead.get_by_role("button", name="Legg fram").click()
    expect(lead.get_by_text("Listen er lagt fram for styringsgruppen.")).to_be_visible()
    return ref


def _approves(group: Page) -> None:
    group.goto("/oversikt")
    looks_right(group)
    group.get_by_role("link", name="Behandle den prioriterte listen").click()
    group.get_by_label("Godkjenn listen").check()
    group.get_by_label("Habilitet").fill(IMPARTIALITY)
    looks_right(group)
    group.get_by_role("button", name="Registrer svaret").click()
    expect(group.get_by_text("Listen er godkjent. KS kan publisere den.")).to_be_visible()
    looks_right(group)


def _releases(lead: Page) -> None:
    lead.goto("/oversikt")
    lead.get_by_role("link", name="Publiser den prioriterte listen").click()
    looks_right(lead)
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Listen er publisert, og kan leses av alle.")).to_be_visible()
    looks_right(lead)


# --- the session ----------------------------------------------------------------------------


def _publishes_a_session(lead: Page) -> str:
    menu = lead.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_role("link", name="Leverandørdialog").click()
    lead.get_by_role("link", name="Nytt plenumsmøte").click()
    lead.get_by_label("Hva handler møtet om?").fill(SESSION)
    lead.get_by_label("Begynner").fill("2030-12-03T09:00")
    lead.get_by_label("Slutter").fill("2030-12-03T10:30")
    lead.get_by_label("Møtelenke").fill(JOIN)
    lead.get_by_label("Antall plasser").fill("1")
    looks_right(lead)
    lead.get_by_role("button", name="Lagre utkast").click()
    lead.get_by_role("link", name="Publiser").click()
    looks_right(lead)
    lead.get_by_role("button", name="Publiser for alle").click()
    expect(lead.get_by_text("Ledige plasser")).to_be_visible()
    looks_right(lead)
    return re.sub(r"https?://[^/]+", "", lead.url)


def _takes_the_last_place(nordlys: Page) -> None:
    menu = nordlys.get_by_role("navigation", name="Hovedmeny")
    menu.get_by_role("link", name="Leverandørdialog").click()
    _main(nordlys).get_by_role("link", name=SESSION).click()
    nordlys.get_by_role("link", name="Meld på").click()
    looks_right(nordlys)
    nordlys.get_by_role("button", name="Meld på meg").click()
    expect(nordlys.get_by_role("link", name="Bli med i møtet")).to_have_attribute("href", JOIN)
    looks_right(nordlys)


def _signs_up_in_english(foreign: Page, session: str, mailbox: Mailbox) -> None:
    """From the session's page to the session's page, through the form and the mail."""
    foreign.goto(session)
    looks_right(foreign)
    foreign.get_by_role("link", name="Log in to register").click()
    foreign.get_by_role("link", name="Register a vendor").click()
    foreign.get_by_label("Name of the company").fill(FIRM)
    foreign.get_by_label("Number from another country").check()
    foreign.get_by_label("Country", exact=True).select_option(label="Sweden")
    foreign.get_by_label("The number in that country").fill("556016-0680")
    foreign.get_by_label("Your name").fill("Astrid Ås")
    foreign.get_by_label("Work email").fill(FOREIGN)
    looks_right(foreign)
    foreign.get_by_role("button", name="Register").click()
    foreign.wait_for_url(re.compile("/sjekk-e-posten"))
    looks_right(foreign)
    foreign.goto(_link(mailbox, FOREIGN))
    looks_right(foreign)
    foreign.get_by_role("button", name="Confirm and log in").click()
    foreign.wait_for_url(f"**{session}")


def _waits(foreign: Page) -> None:
    looks_right(foreign)
    foreign.get_by_role("link", name="Join the waiting list").click()
    foreign.get_by_role("button", name="Register me").click()
    expect(foreign.get_by_text("number 1 in line")).to_be_visible()
    expect(foreign.get_by_role("link", name="Join the session")).to_have_count(0)
    looks_right(foreign)


def _sees_no_names(reader: Page, session: str) -> None:
    reader.goto(session)
    expect(reader.get_by_text("Fullt, venteliste")).to_be_visible()
    looks_right(reader)


def _cancels(nordlys: Page, session: str) -> None:
    nordlys.get_by_role("link", name="Meld av").click()
    looks_right(nordlys)
    nordlys.get_by_role("button", name="Meld av").click()
    expect(nordlys.get_by_text("er meldt av.")).to_be_visible()


def _is_told(foreign: Page, mailbox: Mailbox) -> None:
    told = mailbox.wait_for(FOREIGN, 3)
    assert "You have been given a place" in told["Subject"]
    text, _ = parts(told)
    assert JOIN in text
    foreign.goto(_link(mailbox, FOREIGN, 3))
    expect(foreign.get_by_role("link", name="Join the session")).to_have_attribute("href", JOIN)
    looks_right(foreign)


# --- what everyone sees ---------------------------------------------------------------------


def _sees_what_is_public(reader: Page, ref: str) -> None:
    reader.goto("/")
    looks_right(reader)
    reader.get_by_role("link", name="Se hvor arbeidet står").click()
    looks_right(reader)
    for condition, state in (("kommuner", "Ikke avklart"), ("brukerhistorier", "Delvis avklart")):
        row = _main(reader).get_by_role("listitem").filter(has_text=f"Hvilke {condition} som skal")
        expect(row).to_contain_text(state)
    reader.goto("/utproving")
    expect(_main(reader).get_by_role("heading", name=ROUND)).to_be_visible()
    expect(reader.get_by_text("Ingen kommuner vises ennå.")).to_be_visible()
    reader.goto("/kjerneteam")
    seat = reader.get_by_role("row", name="Tjenesteansvarlig")
    expect(seat).to_contain_text("Norsk helsenett")
    expect(seat).not_to_contain_text("Mona Demo")  # has not agreed that everyone reads her name
    reader.goto("/prioritering")
    first = reader.locator("tbody tr").first
    expect(first).to_contain_text(ref)
    expect(first).to_contain_text(PUBLIC_REASON)
    reader.goto("/leverandordialog")
    listed = _main(reader).get_by_role("listitem").filter(has_text=SESSION)
    expect(listed).to_contain_text("Fullt, venteliste")


def _sees_nothing_else(reader: Page, where: str, session: str) -> None:
    """The municipality has a page of its own in the register, which tells nothing of the round."""
    rooms = ("/utproving", where, "/prioritering", "/leverandordialog", session, "/kjerneteam")
    for path in ("/", "/status", *rooms, "/sok?q=Bl%C3%A5b%C3%A4r", "/kommuner/1813"):
        reader.goto(path)
        page = reader.content()
        own = {PLACE} if path.startswith("/kommuner") else set()
        own |= {"Nordlys"} if path == "/kjerneteam" else set()  # a seat says which firm it is for
        assert not [words for words in HIDDEN if words in page and words not in own], path
    assert ROUND not in page
