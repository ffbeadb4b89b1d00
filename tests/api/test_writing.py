"""Writing a story: strict about what is sent, and as the forms about what is in it."""

import pytest
from sqlalchemy import func, select

from pilot.core.db import db
from pilot.stories.models import Story, StoryVersion
from pilot.stories.rules import PER_DAY
from pilot.stories.service import writing
from tests.api.conftest import fields_of
from tests.support.identity import D_NUMBER, H_NUMBER, ORDINARY, TEST_NUMBER

WHOLE = {
    "title": "Se prøvesvar",
    "role": "sykepleier",
    "need": "se prøvesvar fra sykehuset",
    "benefit": "vi slipper å ringe",
}


def stored():
    return db.session.scalar(select(func.count(Story.id)))


@pytest.fixture
def mine(calling, municipality):
    return calling(municipality)


def test_a_draft_is_the_municipality_s_own(mine, guest, calling, neighbour, ks, municipality):
    answer = mine.post("/stories", {"need": "se prøvesvar"})
    assert answer.status_code == 201
    assert answer.json["state"] == "draft"
    assert answer.json["municipality"] == "0301"
    assert answer.json["version"] == 0
    path = f"/stories/{answer.json['ref']}"
    assert answer.headers["Location"].endswith(path)
    assert mine.get(path).json == answer.json
    assert calling(ks).get(path).status_code == 200
    assert calling(neighbour).get(path).status_code == guest.get(path).status_code == 404
    row = db.session.scalars(select(Story)).one()
    assert row.author_id == municipality.id


def test_a_story_is_sent_in_at_once(mine):
    answer = mine.post("/stories", WHOLE | {"submit": True})
    assert (answer.json["state"], answer.json["version"]) == ("submitted", 1)
    assert db.session.scalar(select(func.count(StoryVersion.id))) == 1


def test_all_that_is_sent_is_stored(mine):
    sent = WHOLE | {
        "context": "Mye **venting**.",
        "consequence": "Vi ringer.",
        "criteria": ["Innen to timer", "Med dato"],
        "elements": ["epikrise", "cave"],
        "solutions": ["pll", "helseid", "pll"],
        "from_setting": "sykehus",
        "to_setting": "hjemmetjeneste",
        "frequency": "daily",
        "patients_per_year": 4200,
        "language": "nn",
    }
    answer = mine.post("/stories", sent).json
    kept = {name: answer[name] for name in sent}
    assert kept == sent | {"solutions": ["helseid", "pll"]}


def test_to_send_in_demands_four_things_and_names_them_all(mine):
    answer = mine.post("/stories", {"title": "Se prøvesvar", "role": " \x00 ", "submit": True})
    assert answer.status_code == 422
    assert fields_of(answer) == ["role", "need", "benefit"]
    assert all(error["message"].endswith(".") for error in answer.json["errors"])
    assert stored() == 0


@pytest.mark.parametrize("body", [{}, {"title": " "}, {"submit": False, "language": "nn"}])
def test_a_draft_says_something(mine, body):
    assert mine.post("/stories", body).status_code == 422
    assert stored() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 1),
        ("title", None),
        ("title", ["x"]),
        ("need", {}),
        ("submit", "true"),
        ("submit", 1),
        ("submit", None),
        ("criteria", "x"),
        ("criteria", [1]),
        ("criteria", [""]),
        ("criteria", ["x"] * 21),
        ("elements", [["x"]]),
        ("solutions", ["no-such"]),
        ("solutions", "helseid"),
        ("from_setting", "no-such"),
        ("from_setting", ""),
        ("frequency", "Daily"),
        ("language", "en"),
        ("patients_per_year", "99"),
        ("patients_per_year", True),
        ("patients_per_year", 99.5),
        ("patients_per_year", -1),
        ("patients_per_year", 6_000_001),
        ("patients_per_year", 1e400),
        ("title", "\ud800"),
        ("state", "ready"),
        ("organisation_id", 1),
        ("\ud800", "x"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(mine, field, value):
    answer = mine.call(
        "POST",
        "/stories",
        data=as_json(WHOLE | {field: value}),
        headers={"Content-Type": "application/json"},
    )
    if value == 1e400:  # written as Infinity, which is not JSON
        assert answer.status_code == 400
    else:
        assert answer.status_code == 422
        assert fields_of(answer) == [field]
    assert stored() == 0


def as_json(body):
    import json

    return json.dumps(body)


def test_99_0_is_an_integer(mine):
    answer = mine.post("/stories", WHOLE | {"patients_per_year": 99.0})
    assert answer.json["patients_per_year"] == 99


def test_text_is_cleaned_as_in_forms(mine):
    answer = mine.post(
        "/stories",
        {"title": "  Se\x00 prøve\r\nsvar ", "context": "en\r\nto\x07", "need": "Å"},
    ).json
    assert (answer["title"], answer["context"], answer["need"]) == ("Se prøve svar", "en\nto", "Å")


@pytest.mark.parametrize("field", ["title", "context", "criteria", "elements"])
def test_a_story_of_200_000_characters_is_refused(mine, field):
    text = "a" * 200_000
    is_list = field in ("criteria", "elements")
    answer = mine.post("/stories", WHOLE | {field: [text] if is_list else text})
    assert answer.status_code == 422
    assert fields_of(answer) == [field]
    assert "200000" in answer.json["errors"][0]["message"]
    assert stored() == 0


@pytest.mark.parametrize("number", [ORDINARY, D_NUMBER, H_NUMBER, TEST_NUMBER])
@pytest.mark.parametrize("field", ["title", "context", "criteria", "elements"])
def test_an_identity_number_is_refused(mine, field, number):
    spaced = f"Ola {number[:6]} {number[6:]}"
    is_list = field in ("criteria", "elements")
    answer = mine.post("/stories", WHOLE | {field: [spaced] if is_list else spaced})
    assert answer.status_code == 422
    assert fields_of(answer) == [field]
    assert number not in answer.text
    assert stored() == 0


def test_markup_is_text(mine):
    title = "<script>alert(1)</script>"
    assert mine.post("/stories", {"title": title}).json["title"] == title


def test_many_brackets_are_rendered_in_no_time(mine):
    assert mine.post("/stories", {"context": "[" * 20_000}).status_code == 201


def test_an_organisation_adds_so_many_a_day(mine, monkeypatch):
    assert PER_DAY == 100
    monkeypatch.setattr(writing, "PER_DAY", 1)
    assert mine.post("/stories", WHOLE).status_code == 201
    answer = mine.post("/stories", WHOLE)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert stored() == 1


@pytest.mark.parametrize("submit", [True, False])
@pytest.mark.parametrize("text", ["\u200b", "...", "<b></b>"])
def test_a_text_without_words_is_refused_at_its_field(mine, text, submit):
    for field in WHOLE:
        answer = mine.post("/stories", WHOLE | {field: text, "submit": submit})
        assert answer.status_code == 422
        assert fields_of(answer) == [field]
    assert stored() == 0
