"""The outbox: what KS' leads see of the mail, and sending one again."""

import pytest
from markupsafe import escape
from sqlalchemy import select

from pilot.core import outbox
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.unit import unit_of_work
from pilot.following import queries, service
from pilot.stories.rules import StoryState
from pilot.web.mail import deliver_due
from tests.support.mail import parts

S = StoryState


def row(mail: OutboxMail) -> OutboxMail:
    db.session.rollback()
    return db.session.get_one(OutboxMail, mail.id)


# --- the page --------------------------------------------------------------------------------


def test_an_empty_outbox(ks):
    assert "Ingen e-post her" in ks.get("/utboks").text


def test_newest_first_and_by_state(world, ks):
    for n, state in enumerate(("waiting", "sent", "failed", "failed")):
        world.mail(f"nr-{n}@prove.example", state=state, fault="550 ukjent" if n == 3 else "")
    listed = queries.mails(ks.actor, "", 1).rows
    assert [mail.address[:4] for mail in listed] == ["nr-3", "nr-2", "nr-1", "nr-0"]
    failed = ks.get("/utboks?tilstand=failed").text
    assert "nr-3@" in failed
    assert "550 ukjent" in failed
    assert "nr-0@" not in failed
    assert queries.counts(ks.actor) == {
        MailState.WAITING: 1,
        MailState.SENT: 1,
        MailState.FAILED: 2,
    }
    assert ks.get("/utboks?tilstand=finnes-ikke").status_code == 200


def test_fifty_a_page(world, ks):
    with unit_of_work():
        for _ in range(52):
            world.mail()
    assert len(queries.mails(ks.actor, "", 1).rows) == 50
    assert len(queries.mails(ks.actor, "", 2).rows) == 2
    assert len(queries.mails(ks.actor, "", 99).rows) == 2


def test_only_leads_read_it(ks_member, municipality, nhn, vendor, steering, stranger):
    for person in (ks_member, municipality, nhn, vendor, steering, stranger):
        with pytest.raises(Forbidden):
            queries.mails(person.actor, "", 1)
        with pytest.raises(Forbidden):
            queries.counts(person.actor)
        assert "/utboks" not in person.get("/").text  # and no link leads there


def test_what_waits_has_no_button(world, ks):
    world.mail(state="waiting")
    assert "Send på nytt" not in ks.get("/utboks").text
    world.mail(state="failed")
    assert "Send på nytt" in ks.get("/utboks").text


# --- why it has not arrived ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "state", "said"),
    [
        (
            "SMTPServerDisconnected: Connection unexpectedly closed",
            "waiting",
            "E-posttjeneren brøt forbindelsen. Vi prøver igjen.",
        ),
        (
            "ConnectionRefusedError: [Errno 111] Connection refused",
            "failed",
            "Vi fikk ikke kontakt med e-posttjeneren.",
        ),
        ("SMTPAuthenticationError: (535, b'no')", "waiting", "slapp oss ikke inn"),
        ("SMTPDataError: (552, b'too big')", "failed", "E-posttjeneren tok ikke imot e-posten."),
        ("refused: {'a@b.example': (550, b'no')}", "failed", "Sjekk at adressen er riktig."),
        ("cannot be rendered: KeyError", "waiting", "E-posten kunne ikke lages."),
        ("demo data: mail goes to *.example only", "failed", "adresser som slutter på .example."),
    ],
)
def test_a_fault_is_a_sentence_with_the_technical_text_after(world, ks, fault, state, said):
    mail = world.mail(state=state, fault=fault)
    for path in ("/utboks", f"/utboks/{mail.id}"):
        page = ks.get(path).text
        assert said in page
        assert page.index(said) < page.index(str(escape(fault)))
        assert ("Vi prøver igjen." in page) == (state == "waiting")


# --- again -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["failed", "sent"])
def test_sent_again_with_the_same_message_id(world, ks, state):
    mail = world.mail(state=state, attempts=5, fault="550")
    before = mail.message_id
    assert ks.submit("/utboks", to=f"/{mail.id}/send").status_code == 302
    again = row(mail)
    assert (again.state, again.attempts, again.fault) == (MailState.WAITING, 0, "")
    assert again.message_id == before
    last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.verb, last.subject_id) == ("mail resent", mail.id)


def test_not_what_waits_already(world, ks):
    mail = world.mail(state="waiting")
    with pytest.raises(Conflict):
        service.resend(ks.actor, mail.id)
    assert ks.post(f"/utboks/{mail.id}/send").status_code == 409


def test_not_by_others(world, ks_member, municipality, stranger):
    mail = world.mail(state="failed")
    for person in (ks_member, municipality, stranger):
        with pytest.raises(Forbidden):
            service.resend(person.actor, mail.id)
    assert row(mail).state is MailState.FAILED


@pytest.mark.parametrize("mail_id", ["999999", "0", "9" * 30])
def test_a_mail_that_there_is_not(ks, mail_id):
    assert ks.post(f"/utboks/{mail_id}/send").status_code == 404
    if len(mail_id) < 10:
        with pytest.raises(Missing):
            service.resend(ks.actor, int(mail_id))


# --- as it arrives ---------------------------------------------------------------------------


def test_a_story_that_is_returned_reaches_its_municipality(
    app, mailbox, monkeypatch, tell, municipality, ks
):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    story = tell.at(S.RETURNED, title="Se <b>prøvesvar</b>")
    assert deliver_due(app) == 1
    address = db.session.scalars(select(OutboxMail.address)).one()
    mail = mailbox.wait_for(address)
    text, html = parts(mail)
    assert mail["Subject"] == f"KS ber deg rette {story.ref}"
    for part in (text, html):
        assert "Skriv hvilke opplysninger det gjelder." in part
        assert f"http://localhost{story.path}" in part
    assert "Se <b>prøvesvar</b>" in text
    assert "<b>prøvesvar" not in html
    assert [m.state for m in db.session.scalars(select(OutboxMail))] == [MailState.SENT]


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.parametrize("verb", ["ready", "returned", "rejected", "published"])
def test_every_mail_reads_in_every_language(app, mailbox, monkeypatch, world, verb, locale):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    values = {"verb": verb, "ref": "BH-0042", "title": "Tittelen"}
    world.mail("noen@prove.example", values=values, locale=locale, note="Grunnen")
    deliver_due(app)
    mail = mailbox.wait_for("noen@prove.example")
    text, html = parts(mail)
    assert "BH-0042" in mail["Subject"]
    assert mail["Content-Language"] == locale
    for part in (text, html):
        assert "Tittelen" in part
        assert "Grunnen" in part
        assert "/historier/BH-0042" in part
    assert f'lang="{locale}"' in html
    assert "\n\n\n" not in text


def test_the_subjects_differ_by_language(app, mailbox, monkeypatch, world):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    for locale in ("nb", "nn", "en"):
        world.mail(f"{locale}@prove.example", locale=locale)
    deliver_due(app)
    assert len({m["Subject"] for m in mailbox.messages}) == 3
    assert outbox.claim() is None
