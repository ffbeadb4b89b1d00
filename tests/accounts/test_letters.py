"""Every letter, in every language, as it reaches a mailbox."""

import pytest

from pilot.accounts.letters import WRITERS
from pilot.web.mail import deliver_due
from tests.support.mail import parts

ABOUT = {
    "salt": "salt",
    "target": "/historier?q=a&b",
    "organisation": "Bær <b>& Sønn",
    "role": "lead",
    "sender": "Kari Prøve",
    "from_organisation": "KS",
    "inviter": "Per Prøve",
    "inviter_organisation": "KS",
}


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
@pytest.mark.parametrize("letter", WRITERS)
def test_a_letter(app, mailbox, monkeypatch, world, letter, locale):
    monkeypatch.setitem(app.config, "SMTP_URL", mailbox.url)
    world.mail(
        "noen@prove.example",
        person_id=None,
        locale=locale,
        template="accounts/mail/letter",
        values={"letter": letter, "about": ABOUT},
        note="Grunnen <i>min",
    )
    deliver_due(app)
    mail = mailbox.wait_for("noen@prove.example")
    text, html = parts(mail)
    assert mail["Subject"].strip()
    assert mail["Content-Language"] == locale
    assert f'lang="{locale}"' in html
    assert "http://localhost/" in text
    assert "http://localhost/" in html
    assert "Grunnen <i>min" in text
    assert "<i>min" not in html
    assert "<b>& Sønn" not in html
    assert "\n\n\n" not in text
