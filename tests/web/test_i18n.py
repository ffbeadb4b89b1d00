"""The reader's language: what the browser asks for, what is chosen, what is remembered."""

import pytest

from tests.support import pages


def language(page) -> str:
    return pages.parse(page.text).get("lang")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("no", "nb"),
        ("no, en;q=0.9", "nb"),
        ("nb-NO", "nb"),
        ("nn-NO, nb;q=0.8", "nn"),
        ("en-GB, no;q=0.9", "en"),
        ("se, en;q=0.5", "en"),
        ("de, fr", "nb"),
        ("", "nb"),
        ("en;q=0.1, nn;q=0.7", "nn"),
        ("en;q=0, nn;q=0", "nb"),
        ("*", "nb"),
        ("!!;;q=", "nb"),
    ],
)
def test_what_the_browser_asks_for(stranger, asked, given):
    assert language(stranger.get("/logg-inn", headers={"Accept-Language": asked})) == given


def test_a_strangers_choice_is_kept_in_the_browser(stranger):
    stranger.post("/sprak", locale="en", next="/logg-inn")
    assert language(stranger.get("/logg-inn", headers={"Accept-Language": "nn"})) == "en"


def test_a_persons_choice_follows_them_to_another_browser(app, world, municipality):
    from tests.support.people import Person

    municipality.post("/sprak", locale="nn")
    another = Person(app, municipality.id)
    assert language(another.get("/oversikt", headers={"Accept-Language": "en"})) == "nn"


def test_one_who_has_not_chosen_reads_bokmal_or_what_they_chose_before_signing_in(municipality):
    assert language(municipality.get("/oversikt")) == "nb"


def test_a_language_we_do_not_have_is_not_there(stranger):
    assert stranger.post("/sprak", locale="se").status_code == 404
    assert stranger.post("/sprak").status_code == 404


def test_the_switch_leads_back_to_the_page_and_never_away(stranger):
    back = stranger.post("/sprak", locale="en", next="/logg-inn?next=/oversikt")
    assert back.headers["Location"] == "/logg-inn?next=/oversikt"
    away = stranger.post("/sprak", locale="en", next="https://evil.example/")
    assert away.headers["Location"] == "/"


def test_every_language_has_its_own_words(stranger):
    seen = set()
    for locale in ("nb", "nn", "en"):
        stranger.post("/sprak", locale=locale)
        seen.add(pages.words(stranger.get("/logg-inn").text))
    assert len(seen) == 3
