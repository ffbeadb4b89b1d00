"""The receipt and the news, as text and HTML, in every language; and that they hold no question."""

import pytest

from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.web.mail import render
from tests.support.mail import parts
from tests.support.questions import NEWS, RECEIPT, Desk, mails

WORDS = {
    "nb": ("registrert et spørsmål", "etter telefon 12. november 2026", "Nye spørsmål og svar"),
    "nn": ("registrert eit spørsmål", "etter telefon 12. november 2026", "Nye spørsmål og svar"),
    "en": ("registered a question", "12 November 2026", "New questions and answers"),
}
#: What would tell that a mail in English is not English all through.
NORWEGIAN = (" og ", " ikke ", "spørsmål", "svar ", "leverandør")


def read(mail: OutboxMail, locale: str) -> tuple[str, str, str]:
    """Subject, text and HTML in a language."""
    db.session.expunge(mail)
    mail.locale = locale
    message = render(
        [mail], base_url="https://pilot.example", site_name="Pilotrommet", sender="a@ks.example"
    )
    text, html = parts(message)
    return str(message["Subject"]), text, html


@pytest.mark.parametrize("locale", WORDS)
def test_the_receipt_and_the_news_read_well(locale, ks, vendor):
    desk = Desk(ks.actor)
    number = desk.told(vendor.organisation_id, "Hemmeligord på telefon")
    batch = desk.publish(desk.draft(number, question="Hemmeligord omskrevet"))
    about, day, news = WORDS[locale]
    subject, *bodies = read(mails(RECEIPT)[0], locale)
    assert about in subject
    for body in bodies:
        assert day in body
        assert f"https://pilot.example/leverandordialog/sporsmal/{number}" in body
    out, *told = read(mails(NEWS)[0], locale)
    assert news in out
    for body in told:
        assert f"https://pilot.example/leverandordialog/sporsmal-og-svar/{batch}" in body
    every = [subject, out, *bodies, *told]
    assert not any("Hemmeligord" in one for one in every)
    if locale == "en":
        words = " ".join(every).replace("/leverandordialog/sporsmal-og-svar", "")
        assert not [one for one in NORWEGIAN if one in words]
