"""Every mail there is, in every language: a subject, text and HTML, and no markup of others."""

import pytest

from pilot.candidates.rules import CandidateState
from pilot.core.words import LOCALES
from pilot.web.mail import render
from tests.support.mail import parts

NAME = "Runde <b>én</b>"
VALUES = {"title": NAME, "round_id": 7, "number": "0301", "deadline": "2026-12-01"}
TOLD = {"channel": "mail", "received_on": "2026-11-12"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("template", "leads_to"),
    [
        ("assessed_self", "vurdering/versjoner/2"),
        ("section", "vurdering/law"),
        ("review", "panel/min"),
        ("panel_result", "panelvurdering"),
        ("new_look", "panelvurdering"),
    ],
)
def test_a_mail_about_the_assessment(app, world, locale, template, leads_to):
    more = {"version": 2, "dimension": "law", "due_on": "2026-12-09", "by": "Ola <i>Nordmann</i>"}
    name = f"candidates/mail/{template}"
    text, html = _drawn(world, name, CandidateState.APPLIED, locale, **more)
    for part in (text, html):
        assert f"/utproving/runder/7/kandidater/0301/{leads_to}" in part
    assert "<i>" not in html


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", ["moved", "registered"])
def test_a_mail_is_text_and_html(app, world, locale, template):
    for event in CandidateState:
        text, html = _drawn(world, f"candidates/mail/{template}", event, locale)
        assert "/utproving/runder/7" in text, event
        assert "/utproving/runder/7" in html, event
        assert "<b>én" not in html, event
        assert "&lt;b&gt;én" in html, event
        if template == "moved":
            own = "/interesse" if event is CandidateState.INVITED else "/kandidater/0301"
            assert f"/utproving/runder/7{own}\n" in text, event
            assert "Fordi <i>dette</i>" in text, event
            assert "Fordi &lt;i&gt;" in html, event


def test_the_receipt_says_how_ks_was_told(app, world):
    text, _ = _drawn(world, "candidates/mail/registered", CandidateState.INTERESTED, "nb")
    assert "registrert av KS etter e-post 12. november 2026" in text


def _drawn(world, template, event, locale, **more) -> tuple[str, str]:
    mail = world.mail(
        template=template,
        values=VALUES | TOLD | {"event": event.value} | more,
        note="Fordi <i>dette</i>",
        locale=locale,
    )
    message = render([mail], base_url="http://localhost", site_name="Pilotrommet", sender="a@b.no")
    assert NAME in message["Subject"], event
    return parts(message)
