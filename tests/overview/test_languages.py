"""Refusals read in bokmål, nynorsk and English; the pages are in tests/access/test_languages.py."""

import pytest

from tests.support import pages

LOCALES = ("nb", "nn", "en")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal(ks, municipality, csrf, tell, app, locale):
    story = tell.published()
    titles = {}
    for person in (ks, municipality):
        with person.client.session_transaction() as cookie:
            cookie["locale"] = locale
    asked = {
        404: lambda: ks.get("/finnes-ikke"),
        403: lambda: municipality.get("/utboks"),
        405: lambda: ks.post("/oversikt"),
        400: lambda: ks.post(f"{story.path}/publiser"),  # without its token
        413: lambda: ks.post("/sprak", data={"locale": "x" * 3_000_000}),
    }
    for code, ask in asked.items():
        answer = ask()
        assert answer.status_code == code
        assert pages.parse(answer.text).get("lang") == locale
        titles[code] = pages.text(pages.parse(answer.text).find(".//h1"))
    assert len(set(titles.values())) >= 4


def test_the_refusals_are_translated(ks):
    said = set()
    for locale in LOCALES:
        ks.post("/sprak", locale=locale)
        said.add(pages.text(pages.parse(ks.get("/finnes-ikke").text).find(".//h1")))
    assert len(said) == 3
