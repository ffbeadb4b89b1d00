"""The outbox, against a real SMTP server: at least once, claimed by one, demo stays at home."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from functools import partial

import pytest

from pilot.core import clock, outbox
from pilot.core.db import db
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.unit import unit_of_work
from pilot.web.mail import transport
from tests.support.databases import make_app
from tests.support.race import race


def render(mails: Sequence[OutboxMail]) -> EmailMessage:
    (mail,) = mails
    message = EmailMessage()
    message["Subject"], message["From"] = "Prøve – æøå", "avsender@ks.example"
    message["To"], message["Message-ID"] = mail.address, mail.message_id
    message.set_content("Hei på deg\n")
    return message


@pytest.fixture
def deliver(mailbox):
    return partial(outbox.deliver_next, render, partial(transport, mailbox.url))


def state(mail: OutboxMail) -> OutboxMail:
    db.session.rollback()
    return db.session.get_one(OutboxMail, mail.id)


def test_a_mail_is_sent_once_and_noted(world, mailbox, deliver):
    mail = world.mail("noen@prove.example")
    assert deliver()
    assert not deliver()
    (sent,) = mailbox.to("noen@prove.example")
    assert sent["Message-ID"] == mail.message_id
    assert sent["Subject"] == "Prøve – æøå"
    row = state(mail)
    assert (row.state, row.attempts, row.fault) == (MailState.SENT, 1, "")
    assert row.sent_at is not None


def test_a_mail_that_is_not_due_waits(world, deliver):
    world.mail(due_at=clock.now() + timedelta(minutes=1))
    assert not deliver()


def test_the_oldest_goes_first(world, mailbox, deliver):
    now = clock.now()
    world.mail("ny@prove.example", due_at=now - timedelta(minutes=1))
    world.mail("gammel@prove.example", due_at=now - timedelta(minutes=2))
    deliver()
    assert [m["To"] for m in mailbox.messages] == ["gammel@prove.example"]


def test_a_server_that_is_down_is_tried_again_later_and_in_the_end_given_up(world):
    mail = world.mail()

    def down() -> smtplib.SMTP:
        raise ConnectionRefusedError("nobody there")

    waits = []
    for _ in range(5):
        assert outbox.deliver_next(render, down)
        row = state(mail)
        waits.append((row.state, row.due_at > clock.now()))
        assert "nobody there" in row.fault
        with unit_of_work():
            db.session.get_one(OutboxMail, mail.id).due_at = clock.now()
    assert waits == [(MailState.WAITING, True)] * 4 + [(MailState.FAILED, False)]
    assert not outbox.deliver_next(render, down)


def test_an_address_that_is_refused_is_not_tried_again(world, mailbox, deliver):
    mailbox.refuses.add("borte@prove.example")
    mail = world.mail("borte@prove.example")
    assert deliver()
    assert state(mail).state is MailState.FAILED
    assert "no such person" in state(mail).fault
    assert not deliver()


def test_a_crash_between_sending_and_noting_sends_the_same_mail_again(
    world, mailbox, deliver, monkeypatch
):
    mail = world.mail("noen@prove.example")

    class Crash(BaseException):
        """The process is gone."""

    def crash(*_args, **_kwargs) -> None:
        raise Crash

    settle = outbox.settle
    monkeypatch.setattr(outbox, "settle", crash)
    with pytest.raises(Crash):
        deliver()
    monkeypatch.setattr(outbox, "settle", settle)
    assert not deliver()  # still claimed: another worker passes it by
    later = clock.now() + outbox.CLAIM + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert deliver()
    first, second = mailbox.to("noen@prove.example")
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id
    assert state(mail).state is MailState.SENT


def test_demo_data_mail_nobody_outside(world, mailbox, deliver):
    world.demo()
    outside = world.mail("ekte.person@oslo.kommune.no")
    sly = world.mail("noen@example.com")
    inside = world.mail("kontakt@0301.kommune.example")
    while deliver():
        pass
    assert [m["To"] for m in mailbox.messages] == ["kontakt@0301.kommune.example"]
    assert {state(outside).state, state(sly).state} == {MailState.FAILED}
    assert state(inside).state is MailState.SENT


def test_no_transaction_is_open_while_the_mail_is_sent(world, mailbox):
    world.mail()
    seen = []

    def look() -> smtplib.SMTP:
        seen.append(db.session().in_transaction())
        return transport(mailbox.url)

    outbox.deliver_next(render, look)
    assert seen == [False]


def test_one_event_makes_one_mail_to_a_person(world):
    mail = world.mail()
    with pytest.raises(Exception, match=r"(?i)unique"):
        world.mail(event_uid=mail.event_uid, person_id=mail.person_id)


def claim_all(_number: int) -> list[int]:
    claimed = []
    while (mail_id := outbox.claim()) is not None:
        claimed.append(mail_id)
    return claimed


def test_workers_never_claim_the_same_mail(databases, world):
    database = databases.copy()
    with make_app(database).app_context():
        for _ in range(40):
            world.mail()
        db.engine.dispose()
    claimed = [one for answer in race(claim_all, database, threads=20) for one in answer]
    assert len(claimed) == len(set(claimed)) == 40
