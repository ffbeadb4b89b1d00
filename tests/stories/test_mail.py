"""The receipt for support that KS has entered, in every language: a subject, text and HTML."""

import pytest

from pilot.core.words import LOCALES
from pilot.web.mail import render
from tests.support.mail import parts

TITLE = "Historie <b>én</b>"
TOLD = {"channel": "mail", "received_on": "2026-11-12"}


def drawn(world, verb: str, locale: str) -> tuple[str, str, str]:
    mail = world.mail(
        template="stories/mail/support",
        values={"verb": verb, "ref": "BH-0042", "title": TITLE} | TOLD,
        note="Fordi <i>dette</i>" if verb == "given" else "",
        locale=locale,
    )
    message = render([mail], base_url="http://localhost", site_name="Pilotrommet", sender="a@b.no")
    return message["Subject"], *parts(message)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("verb", ["given", "withdrawn"])
def test_a_receipt_is_text_and_html(app, world, locale, verb):
    subject, text, html = drawn(world, verb, locale)
    assert "BH-0042" in subject
    for part in (text, html):
        assert "http://localhost/historier/BH-0042/stott" in part
        assert "12" in part
    assert TITLE in text
    assert "<b>én" not in html
    assert "&lt;b&gt;én" in html
    assert ("Fordi <i>dette</i>" in text) is (verb == "given")
    assert ("Fordi &lt;i&gt;" in html) is (verb == "given")
    assert "<i>dette" not in html


def test_it_says_how_ks_was_told(app, world):
    _, text, _ = drawn(world, "given", "nb")
    assert "registrert av KS etter e-post 12. november 2026" in text
