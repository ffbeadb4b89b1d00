"""Every refusal is a problem that a program can read, in the caller's language."""

import json

import pytest

from pilot.accounts.models import Person as PersonRow
from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.core.words import LOCALES
from pilot.web.api.problems import WORDS
from pilot.web.i18n import translate_to
from tests.api.conftest import fields_of

JSON = {"Content-Type": "application/json"}


def is_problem(answer, code):
    body = json.loads(answer.text)
    return (
        answer.status_code == body["status"] == code
        and answer.mimetype == "application/problem+json"
        and body["type"] == "about:blank"
        and bool(body["title"] and body["detail"])
    )


@pytest.mark.parametrize(
    "path", ["/nothing", "/stories/", "/stories/BH-0042/", "//stories", "/stories//x"]
)
def test_an_address_that_is_not_there(guest, path):
    assert is_problem(guest.get(path), 404)


def test_an_older_or_newer_version_is_not_there(stranger):
    for path in ("/api/", "/api/v2/stories"):
        assert is_problem(stranger.api("GET", path), 404)


def test_a_method_that_does_not_fit_says_which_do(guest):
    answer = guest.call("DELETE", "/stories")
    assert is_problem(answer, 405)
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("ref", ["BH-9999", "BH-0", "x", "%00", "BH-99999999999999999999", "æ"])
def test_a_story_that_is_not_there(guest, ref):
    assert is_problem(guest.get(f"/stories/{ref}"), 404)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"nonsense",
        b"\xff\xfe",
        b'{"title": "\xe6"}',  # not UTF-8
        b'{"patients_per_year": NaN}',
        b'{"patients_per_year": Infinity}',
        b'{"patients_per_year": ' + b"9" * 5000 + b"}",  # longer than Python reads
        b"[" * 100_000,  # deeper than Python reads
    ],
)
def test_broken_json(calling, municipality, body):
    answer = calling(municipality).call("POST", "/stories", data=body, headers=JSON)
    assert is_problem(answer, 400)


@pytest.mark.parametrize("body", [b"[]", b"1", b'"x"', b"null", b"true"])
def test_json_that_is_no_object(calling, municipality, body):
    answer = calling(municipality).call("POST", "/stories", data=body, headers=JSON)
    assert is_problem(answer, 422)
    assert fields_of(answer) == [None]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_another_content_type(calling, municipality, kind):
    answer = calling(municipality).call(
        "POST", "/stories", data=b"title=x", headers={"Content-Type": kind}
    )
    assert is_problem(answer, 415)


def test_a_body_that_is_too_large(calling, municipality):
    body = b'{"context": "' + b"a" * (2 * 1024 * 1024) + b'"}'
    answer = calling(municipality).call("POST", "/stories", data=body, headers=JSON)
    assert is_problem(answer, 413)


def test_the_person_s_language_goes_before_that_of_the_request(calling, municipality):
    caller = calling(municipality)
    asks = {"Accept-Language": "en"}
    assert caller.get("/stories/BH-9999", headers=asks).json["title"] == title_in("en")
    with unit_of_work():
        db.session.get_one(PersonRow, municipality.id).locale = "nn"
    assert caller.get("/stories/BH-9999", headers=asks).json["title"] == title_in("nn")


@pytest.mark.parametrize(
    ("asked", "locale"), [("no", "nb"), ("nb-NO", "nb"), ("de, en;q=0.5", "en"), ("de", "nb")]
)
def test_a_guest_is_answered_in_the_language_asked_for(guest, asked, locale):
    answer = guest.get("/stories/BH-9999", headers={"Accept-Language": asked})
    assert answer.json["title"] == title_in(locale)


def test_the_languages_differ():
    assert len({title_in(locale) for locale in LOCALES}) == len(LOCALES)


def title_in(locale):
    return translate_to(locale, WORDS[404].title)
