"""Messages: who gets them, in which language, when; and stopping them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pilot.core import clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Rejected
from pilot.core.outbox import MailState
from pilot.core.policy import Actor
from pilot.core.texts import Said, Texts
from pilot.following import queries, service
from pilot.following.models import MailMessage
from pilot.following.queries.audiences import STANDARD
from pilot.following.rules import MessageState
from pilot.web.mail import deliver_due
from tests.following.conftest import addresses, mails, row
from tests.support import pages
from tests.support.databases import make_app
from tests.support.mail import parts
from tests.support.race import race
from tests.support.world import World

ALL = Texts(Said("Emne", "Tekst på **bokmål**"), Said("Emne nn", "Tekst på nynorsk"), Said("", ""))
ENGLISH = Texts(Said("Emne", "Tekst"), Said(), Said("Subject", "In English, see [here](/aktuelt)"))


# --- as it arrives ---------------------------------------------------------------------------


@pytest.fixture
def deliver(app, mailbox, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    return lambda: deliver_due(app)


def test_everyone_reads_it_in_their_own_language(world, mailbox, deliver):
    bergen, kinn = world.municipality("4601"), world.municipality("4602")
    chosen = world.member(bergen, locale="nn")
    by_place = world.member(kinn)  # a municipality that uses nynorsk
    english = world.member(bergen, locale="en")
    plain = world.member(bergen)
    world.message("municipalities", is_sent=True, text=ALL)
    assert deliver() == 4
    subjects = {p.email: mailbox.wait_for(p.email)["Subject"] for p in (chosen, by_place, plain)}
    assert subjects == {chosen.email: "Emne nn", by_place.email: "Emne nn", plain.email: "Emne"}
    text, html = parts(mailbox.wait_for(english.email))
    assert "Tekst på **bokmål**" in text  # better than nothing, and it says so
    assert "<strong>bokmål</strong>" in html
    assert '<div lang="nb">' in html
    assert mailbox.wait_for(english.email)["Content-Language"] == "en"


def test_english_text_for_those_who_read_english(world, mailbox, deliver):
    person = world.member(world.organisation(), locale="en")
    world.message("vendors", is_sent=True, text=ENGLISH)
    deliver()
    mail = mailbox.wait_for(person.email)
    text, html = parts(mail)
    assert mail["Subject"] == "Subject"
    assert "In English" in text
    assert 'href="http://localhost/aktuelt"' in html  # whole, so that it works in a mail
    assert "finnes bare" not in text


def test_vendors_never_see_each_other_and_get_it_at_the_same_moment(
    world, people, mailbox, deliver
):
    world.message("vendors", is_sent=True)
    assert len({mail.due_at for mail in mails()}) == 1
    deliver()
    for name, other in (("vendor", "rival"), ("rival", "vendor")):
        mail = mailbox.wait_for(people[name])
        assert mail["To"] == people[name]
        assert people[other] not in mail.as_string()
        assert mail["Cc"] is None
        assert mail["Bcc"] is None


def test_a_test_goes_to_oneself_alone_in_each_language(ks, world, people, mailbox, deliver):
    message = world.message("vendors", text=ALL)
    assert ks.submit(f"/meldinger/{message.id}", to="/prov").status_code == 302
    own = queries.own_address(ks.actor)
    assert addresses() == {own}
    deliver()
    assert {mail["Subject"] for mail in mailbox.to(own)} == {"[Test] Emne", "[Test] Emne nn"}
    assert row(message).state is MessageState.DRAFT


# --- once, later, and not at all -------------------------------------------------------------


def test_pressed_twice_it_is_sent_once(ks, world, people):
    message = world.message("vendors")
    form = pages.forms(ks.get(f"/meldinger/{message.id}").text, "")[0]
    assert ks.send(form, {}).status_code == 302
    assert ks.send(form, {}).status_code == 409
    assert len(mails()) == 2


def test_the_same_form_twice_is_one_message(ks):
    form = pages.forms(ks.get("/meldinger/ny").text, "/meldinger/ny")[0]
    fields = {"audience": "vendors", "title_nb": "Hei", "body_nb": "Tekst"}
    assert len({ks.send(form, fields).headers["Location"] for _ in "ab"}) == 1


def test_the_receivers_are_frozen_when_it_is_sent(world, people):
    world.message("vendors", is_sent=True, send_at=clock.now() + timedelta(hours=1))
    world.member(world.organisation())  # came too late
    assert addresses() == {people["vendor"], people["rival"]}


def test_what_one_has_not_seen_is_not_sent(ks, world, people):
    message = world.message("vendors")
    form = pages.forms(ks.get(f"/meldinger/{message.id}").text, "")[0]
    ks.submit(f"/meldinger/{message.id}/endre", body_nb="En annens tekst")
    assert ks.send(form, {}).status_code == 409
    assert mails() == []


def test_it_waits_for_its_time(world, people, deliver, monkeypatch):
    message = world.message("vendors", is_sent=True, send_at=clock.now() + timedelta(hours=2))
    assert deliver() == 0
    later = clock.now() + timedelta(hours=2, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert deliver() == 2
    found = queries.message(Actor.system(), message.id)
    assert (found.state, found.tally.sent) == (MessageState.SENT, 2)


def test_a_time_in_norway_is_kept_as_a_moment(ks, world, people, monkeypatch):
    message = world.message("vendors")
    answer = ks.submit(
        f"/meldinger/{message.id}", to="/send", when="later", send_at="2027-01-04T09:00"
    )
    assert answer.status_code == 302
    assert row(message).send_at.isoformat() == "2027-01-04T08:00:00+00:00"
    assert "4. januar 2027 kl. 09.00" in ks.get(f"/meldinger/{message.id}").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Velg dato og klokkeslett."),
        ("i morgen", "Skriv dag og klokkeslett"),
        ("2020-01-01T09:00", "ikke har vært"),
        ("2099-01-01T09:00", "innen ett år"),
    ],
)
def test_a_time_that_cannot_be(ks, world, people, typed, sentence):
    message = world.message("vendors")
    answer = ks.submit(f"/meldinger/{message.id}", to="/send", when="later", send_at=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert mails() == []


def test_stopped_before_its_time(ks, world, people, deliver, monkeypatch):
    message = world.message("vendors", is_sent=True, send_at=clock.now() + timedelta(hours=2))
    answer = ks.submit(f"/meldinger/{message.id}", to="/stopp")
    assert "Ingen hadde fått den." in ks.follow(answer).text
    assert {mail.state for mail in mails()} == {MailState.STOPPED}
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert deliver() == 0
    outbox_page = ks.get("/utboks?tilstand=stopped").text
    assert people["vendor"] in outbox_page
    assert "Send på nytt" not in outbox_page
    with pytest.raises(Conflict):
        service.resend(ks.actor, mails()[0].id)


def test_stopped_halfway_it_says_how_many_had_gone(app, ks, world, mailbox, monkeypatch):
    for _ in range(3):
        world.member(world.organisation())
    message = world.message("vendors", is_sent=True)
    first = outbox.claim()
    outbox.settle(first, fault=None)
    on_its_way = outbox.claim()  # a worker has it in its hands
    answer = ks.submit(f"/meldinger/{message.id}", to="/stopp")
    assert "Én hadde allerede fått den." in ks.follow(answer).text
    outbox.settle(on_its_way, fault="refused", final=True)  # stopped, so nobody is to send it again
    assert [mail.state for mail in mails()].count(MailState.STOPPED) == 2
    assert outbox.claim() is None
    with pytest.raises(Conflict):
        service.stop_message(ks.actor, message.id)


def test_too_late_to_stop(ks, world, people, deliver):
    message = world.message("vendors", is_sent=True)
    deliver()
    assert "Stopp meldingen" not in ks.get(f"/meldinger/{message.id}").text
    with pytest.raises(Conflict, match="for sent"):
        service.stop_message(ks.actor, message.id)


def test_a_new_one_from_an_old_text(ks, world, people):
    message = world.message("vendors", is_sent=True, text=ALL)
    page = pages.forms(ks.get(f"/meldinger/ny?kopi={message.id}").text, "/meldinger/ny")[0]
    assert dict(page.fields)["title_nn"] == "Emne nn"
    assert ks.send(page, {}).status_code == 302
    assert db.session.scalar(select(func.count(MailMessage.id))) == 2


# --- writing it ------------------------------------------------------------------------------


def test_two_leads_at_once_lose_nothing(ks, world):
    path = f"/meldinger/{world.message().id}/endre"
    form = pages.forms(ks.get(path).text, path)[0]
    ks.submit(path, body_nb="Den førstes tekst")
    clash = ks.send(form, {"body_nb": "Den andres tekst"})
    assert clash.status_code == 409
    assert "Den førstes tekst" in clash.text
    assert "Den andres tekst" in clash.text


def test_a_text_that_is_too_long(ks):
    answer = ks.submit("/meldinger/ny", audience="vendors", title_nb="Hei", body_nb="a" * 5_001)
    assert answer.status_code == 422
    assert "Kort den ned til 5000 tegn." in answer.text


def test_only_leads_write_to_many(world, ks_member, municipality, vendor, steering):
    message = world.message("vendors")
    for person in (ks_member, municipality, vendor, steering):
        with pytest.raises(Forbidden):
            service.send_message(person.actor, STANDARD, message.id, revision=1)
        with pytest.raises(Forbidden):
            queries.receivers(person.actor, STANDARD, "vendors")
        assert "/meldinger" not in person.get("/").text


def test_the_list_says_how_it_goes(ks, world, people):
    assert "Ingen meldinger ennå" in ks.get("/meldinger").text
    world.message("vendors", is_sent=True)
    world.message("county:46")
    page = ks.get("/meldinger").text
    assert "0 av 2 er sendt" in page
    assert "Kontakter i Vestland" in page
    assert "Send meldinger som er utkast" in ks.get("/oversikt").text


def test_a_refused_message_without_faults_is_a_rule(ks):
    with pytest.raises(Rejected):
        service.try_message(Actor.system(), World().message().id)


# --- at once ---------------------------------------------------------------------------------


def send_at_once(_number: int) -> str:
    message = db.session.scalars(select(MailMessage.id)).one()
    try:
        service.send_message(Actor.system(), STANDARD, message, revision=1)
    except Conflict:
        return "taken"
    return "sent"


def claim_all(_number: int) -> list[int]:
    found = []
    while (mail := outbox.claim()) is not None:
        found.append(mail)
    return found


def test_forty_leads_press_send_and_forty_workers_take_the_mail(databases):
    """Each vendor's mail is written once and taken once, whoever races for it."""
    database = databases.copy()
    with make_app(database).app_context():
        world = World()
        for _ in range(25):
            world.member(world.organisation())
        world.message("vendors")
        db.session.remove()
        db.engine.dispose()
    assert sorted(race(send_at_once, database)) == ["sent", *["taken"] * 39]
    taken = [mail for found in race(claim_all, database) for mail in found]
    assert len(taken) == len(set(taken)) == 25
