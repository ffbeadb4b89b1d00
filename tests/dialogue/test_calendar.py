"""The mail as it is sent, and its calendar file as a calendar reads it."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from pilot.core import outbox
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.dialogue import service
from pilot.web.mail import deliver_due, render
from tests.support.dialogue import LINK, join, mails
from tests.support.mail import parts

PLACE = {"base_url": "https://pilot.example", "site_name": "Pilotrommet"}
WINTER = datetime(2027, 1, 14, 8, 0, tzinfo=UTC)
SUMMER = datetime(2027, 6, 10, 7, 0, tzinfo=UTC)


def drawn(mail: OutboxMail) -> EmailMessage:
    """The mail as it is sent."""
    return render([mail], sender="fra@ks.example", **PLACE)


def file_of(message: EmailMessage) -> Calendar:
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_filename() == "mote.ics"
    calendar = Calendar.from_ical(attached.get_content())
    assert attached.get_param("method") == calendar["method"]
    return calendar


def event_of(message: EmailMessage):
    (event,) = file_of(message).events
    return event


def test_the_file_is_an_invitation_by_the_clock_in_oslo(host, vendor):
    session = host.session(starts_at=WINTER, title="Om legemidler", place="Haakon VIIs gate 9")
    join(vendor, session)
    (mail,) = mails("confirmed")
    message = drawn(mail)
    calendar, event = file_of(message), event_of(message)
    assert calendar["method"] == "REQUEST"
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Oslo"]
    assert event.start == WINTER
    assert event["dtstart"].params["tzid"] == "Europe/Oslo"
    assert event.end - event.start == timedelta(hours=2)
    assert event["summary"] == "Om legemidler"
    assert event["location"] == "Haakon VIIs gate 9"
    assert event["status"] == "CONFIRMED"
    assert event["sequence"] == 0
    assert event["organizer"] == "mailto:fra@ks.example"
    assert event["attendee"] == f"mailto:{mail.address}"
    assert event["url"] == f"https://pilot.example/leverandordialog/okter/{session}"
    assert LINK in event["description"]


def test_one_event_through_all_that_happens_to_it(host, vendor, other_vendor):
    """The UID stays, the number rises, and the last word is that it is off."""
    session = host.session(capacity=1)
    first = join(other_vendor, session)
    waiting = join(vendor, session)
    host.edit(session, place="Bergen")
    service.cancel_registration(other_vendor.actor, first.id)
    host.edit(session, starts_at=host.row(session).starts_at + timedelta(minutes=15))
    service.cancel_session(host.ks.actor, session, reason="Syk")
    events = [event_of(drawn(mail)) for mail in mails(address=waiting.address)]
    assert len({event["uid"] for event in events}) == 1
    assert [event["sequence"] for event in events] == [0, 1, 2, 3, 4]
    statuses = ["TENTATIVE", "TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event["status"] for event in events] == statuses
    methods = [file_of(drawn(mail))["method"] for mail in mails(address=waiting.address)]
    assert methods == ["REQUEST"] * 4 + ["CANCEL"]
    assert [LINK in event["description"] for event in events] == [False] * 2 + [True] * 2 + [False]


def test_nobody_else_stands_in_a_mail(host, vendor, other_vendor):
    session = host.session(capacity=1)
    made = [join(vendor, session), join(other_vendor, session)]
    service.cancel_registration(vendor.actor, made[0].id)
    for mail in mails():
        (other,) = [one for one in made if one.address != mail.address]
        sent = drawn(mail).as_string()
        assert other.name not in sent
        assert other.address not in sent


KINDS = {
    "confirmed": ("Du har plass", "Du har plass", "You have a place"),
    "waitlisted": ("Du står på venteliste", "Du står på venteliste", "You are on the waiting list"),
    "moved_up": ("Du har fått plass", "Du har fått plass", "You have been given a place"),
    "changed": ("Møtet er endret", "Møtet er endra", "The session has changed"),
    "left": ("Du er meldt av", "Du er meld av", "Your registration is cancelled"),
    "session_cancelled": ("Møtet er avlyst", "Møtet er avlyst", "The session is cancelled"),
}


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.parametrize("starts_at", [WINTER, SUMMER], ids=["winter", "summer"])
def test_every_mail_is_written_in_each_language(locale, starts_at, host, vendor, other_vendor):
    at = ("nb", "nn", "en").index(locale)
    session = host.session(capacity=1, starts_at=starts_at)
    first = join(other_vendor, session)
    for _ in range(2):
        who = {"name": "Ann Foreign", "address": "ann@prove.example", "locale": locale}
        made = join(vendor, session, **who)
        service.cancel_registration(vendor.actor, made.id)
    made = join(vendor, session, **who)
    service.cancel_registration(other_vendor.actor, first.id)
    host.edit(session, place="Oslo")
    service.cancel_session(host.ks.actor, session, reason="Syk")
    join(vendor, host.session(starts_at=starts_at), **who)
    found = {mail.values["happened"]: mail for mail in mails(address="ann@prove.example")}
    assert found.keys() == KINDS.keys()
    zone = "CET" if starts_at is WINTER else "CEST"
    for kind, mail in found.items():
        message = drawn(mail)
        text, html = parts(message)
        assert message["Subject"].startswith(KINDS[kind][at]), kind
        words = {"nb": "norsk tid", "nn": "norsk tid", "en": "Norwegian time"}[locale]
        voluntary = {"nb": "frivillig", "nn": "frivillig", "en": "voluntary"}[locale]
        for part in (text, html):
            assert f"{words} ({zone})" in part, kind
            assert voluntary in part


def test_a_name_is_no_markup_in_a_receipt(host, vendor):
    session = host.session(title="<b>Fet</b>")
    host.told(session, vendor=vendor.organisation_id, name="<img src=x>")
    (receipt,) = mails("receipt")
    text, html = parts(drawn(receipt))
    assert "<img src=x>" in text
    assert "<img" not in html
    assert "<b>Fet" not in html


def test_it_arrives_by_smtp(app, host, vendor, mailbox, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    session = host.session()
    made = join(vendor, session)
    db.session.rollback()
    assert deliver_due(app) == 1
    (message,) = mailbox.to(made.address)
    assert event_of(message)["status"] == "CONFIRMED"
    assert outbox.MailState.SENT is mails()[0].state
