"""Refusals and faults as pages: the right code, a sentence in the reader's language, ways on."""

import pytest

from pilot.accounts.forms.requests import ApproveForm
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected, Throttled
from pilot.core.words import say
from pilot.web.access import public
from pilot.web.errors import PAGES
from tests.support import pages

SENTENCE = say("En setning til den som leser.")
REFUSALS = {
    403: Forbidden(SENTENCE),
    404: Missing(SENTENCE),
    409: Conflict(SENTENCE),
    422: Rejected(SENTENCE),
    429: Throttled(SENTENCE, 60),
}
LANGUAGES = {"nb": "nb-NO", "nn": "nn", "en": "en-GB,en;q=0.8"}


@pytest.fixture
def failing(app, monkeypatch):
    """Make a public page raise something: `failing(Missing())`, then get /healthz."""

    def fail(fault: BaseException) -> None:
        @public
        def view():
            raise fault

        monkeypatch.setitem(app.view_functions, "health.healthz", view)

    return fail


@pytest.mark.parametrize("code", REFUSALS)
def test_each_refusal_has_its_code_and_says_its_sentence(stranger, failing, code):
    failing(REFUSALS[code])
    page = stranger.get("/healthz")
    assert page.status_code == code
    assert str(SENTENCE) in page.text
    assert str(PAGES[code].title) in page.text
    assert page.headers.get("Retry-After") == ("60" if code == 429 else None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [403, 404, 409, 422, 429])
def test_the_page_is_in_the_readers_language(stranger, failing, code, language):
    failing(type(REFUSALS[code])(None) if code != 429 else REFUSALS[429])
    page = stranger.get("/healthz", headers={"Accept-Language": LANGUAGES[language]})
    document = pages.parse(page.text)
    assert document.get("lang") == language
    is_norwegian = str(PAGES[code].title) in page.text
    assert is_norwegian or language != "nb"
    assert not (is_norwegian and language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address(stranger, language):
    page = stranger.get("/finnes-ikke", headers={"Accept-Language": LANGUAGES[language]})
    assert page.status_code == 404
    assert pages.parse(page.text).get("lang") == language
    assert ("Vi finner ikke siden" in page.text) == (language == "nb")


def test_ways_on_can_be_followed(stranger, municipality):
    for person in (stranger, municipality):
        page = person.get("/finnes-ikke")
        main = pages.parse(page.text).find(".//main")
        links = [a.get("href") for a in main.iter("a")]
        assert links
        for link in links:
            assert person.get(link).status_code == 200, link


def test_a_wrong_method(stranger):
    assert stranger.post("/healthz").status_code == 405


def test_too_much(stranger):
    page = stranger.post("/logg-inn", data={"email": "x" * 2_200_000})
    assert page.status_code == 413
    assert "2 MB" in page.text


def test_a_form_without_its_token(stranger, csrf):
    page = stranger.post("/logg-inn", email="a@b.example", password="x")
    assert page.status_code == 400
    assert str(PAGES[400].title) in page.text


def test_a_fault_is_logged_and_says_nothing_of_itself(stranger, failing, caplog):
    failing(RuntimeError("hemmelig: postgresql://bruker:passord@vert"))
    page = stranger.get("/healthz")
    assert page.status_code == 500
    assert "hemmelig" not in page.text
    assert "Traceback" not in page.text
    (record,) = [r for r in caplog.records if r.name == "pilot"]
    code = record.getMessage().split()[1]
    assert code in page.text  # what the person can tell us is what the log can be searched for
    assert "hemmelig" in caplog.text


def test_what_was_typed_is_on_the_error_page(stranger, failing, monkeypatch, app):
    @public
    def view():
        raise Conflict(SENTENCE)

    monkeypatch.setitem(app.view_functions, "accounts.sign_in", view)
    typed = "Det jeg skrev, <b>med</b> tegn"
    page = stranger.post("/logg-inn", email=typed, password="hemmelig-passord")
    assert page.status_code == 409
    assert typed in pages.words(page.text)
    assert "hemmelig-passord" not in page.text


def refusing(app, monkeypatch, endpoint):
    @public
    def view(**_values):
        raise Conflict(SENTENCE)

    monkeypatch.setitem(app.view_functions, endpoint, view)


def test_what_nobody_typed_is_not_shown(stranger, app, monkeypatch):
    refusing(app, monkeypatch, "candidates.move")
    path = "/utproving/runder/1/kandidater/0301/flytt/assessed"
    page = stranger.post(path, seen="interested", reason="Ordene mine", list_id="4711", enter="1x")
    shown = pages.parse(page.text).find(".//main")
    assert [pages.text(row) for row in shown.find_class("pr-pre")] == ["Ordene mine"]


def test_the_pages_own_form_says_what_was_typed(stranger, app, monkeypatch):
    @public
    def view():
        ApproveForm(role="lead")  # elsewhere, a role is a line of text
        raise Conflict(SENTENCE)

    monkeypatch.setitem(app.view_functions, "accounts.sign_in", view)
    page = stranger.post("/logg-inn", role="lead", reason="Fordi")
    assert not pages.parse(page.text).find_class("pr-pre")


def test_rows_and_days_are_typed_too(stranger, app, monkeypatch):
    refusing(app, monkeypatch, "accounts.sign_in")
    rows = {"criteria-0": "Første krav", "links-1-words": "En lenke", "opens_on": "1.12.2026"}
    page = stranger.post("/logg-inn", data=rows | {"side": "vendors"})
    shown = [pages.text(row) for row in pages.parse(page.text).find_class("pr-pre")]
    assert shown == list(rows.values())


@pytest.mark.parametrize(
    ("path", "endpoint", "back"),
    [
        ("/logg-inn?next=/om&x=a%26b", "accounts.sign_in", "/logg-inn?next=%2Fom&x=a%26b"),
        ("/logg-ut", "accounts.sign_out", None),  # nothing is there to go back to
    ],
)
def test_a_way_back_to_the_form(stranger, app, monkeypatch, path, endpoint, back):
    refusing(app, monkeypatch, endpoint)
    page = stranger.post(path, email="a@b.example")
    links = {pages.text(a): a.get("href") for a in pages.parse(page.text).iter("a")}
    assert links.get("Åpne siden med skjemaet på nytt") == back


def test_on_the_api_it_is_problem_details(stranger):
    answer = stranger.get("/api/v1/finnes-ikke")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404
    assert answer.json["title"]
    assert answer.json["detail"]
