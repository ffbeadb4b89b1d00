"""Every mail there is, in every language: a subject, text and HTML, and no markup of others."""

import pytest

from pilot.candidates.rules import CandidateState
from pilot.core.words import LOCALES
from pilot.web.mail import render
from tests.support.mail import parts

NAME = "Runde <b>én</b>"
VALUES = {"title": NAME, "round_id": 7, "deadline": "2026-12-01"}
TOLD = {"channel": "mail", "received_on": "2026-11-12"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", list(CandidateState))
@pytest.mark.parametrize("template", ["moved", "registered"])
def test_a_mail_is_text_and_html(app, world, locale, event, template):
    mail = world.mail(
        template=f"candidates/mail/{template}",
        values=VALUES | TOLD | {"event": event.value},
        note="Fordi <i>dette</i>",
        locale=locale,
    )
    message = render(mail, base_url="http://localhost", site_name="Pilotrommet", sender="a@b.no")
    text, html = parts(message)
    assert NAME in message["Subject"]
    assert "/utproving/runder/7" in text
    assert "/utproving/runder/7" in html
    assert "<b>én" not in html
    assert "&lt;b&gt;én" in html
    if template == "moved":
        assert "Fordi <i>dette</i>" in text
        assert "Fordi &lt;i&gt;" in html
    if (template, event) == ("registered", CandidateState.INTERESTED) and locale == "nb":
        assert "registrert av KS etter e-post 12. november 2026" in text
