"""A write that is sent again: once stored, twice answered."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pilot.core import clock, idempotency
from pilot.core.db import db
from pilot.stories.models import Story
from pilot.stories.rules import StoryState

KEY = {"Idempotency-Key": "4f1c"}
BODY = {"title": "Se prøvesvar"}


@pytest.fixture
def mine(calling, municipality):
    return calling(municipality)


def stored():
    return db.session.scalar(select(func.count(Story.id)))


def test_the_same_key_gets_the_first_answer(mine):
    first = mine.post("/stories", BODY, headers=KEY)
    again = mine.post("/stories", BODY, headers=KEY)
    assert first.status_code == again.status_code == 201
    assert first.json == again.json
    assert first.headers["Location"] == again.headers["Location"]
    assert stored() == 1


def test_without_a_key_it_is_another_story(mine):
    assert mine.post("/stories", BODY).json["ref"] != mine.post("/stories", BODY).json["ref"]


def test_the_same_key_with_another_body_is_refused(mine):
    mine.post("/stories", BODY, headers=KEY)
    answer = mine.post("/stories", {"title": "Noe annet"}, headers=KEY)
    assert answer.status_code == 422
    assert stored() == 1


def test_a_key_is_the_person_s_own(mine, calling, colleague):
    mine.post("/stories", BODY, headers=KEY)
    assert calling(colleague).post("/stories", BODY, headers=KEY).status_code == 201
    assert stored() == 2


def test_a_key_is_for_one_address(calling, ks, world):
    caller = calling(ks)
    for story in (world.story(), world.story()):
        answer = caller.post(f"/stories/{story.ref}/transitions", {"to": "ready"}, headers=KEY)
        assert answer.status_code == 200


def test_a_transition_sent_again_is_no_conflict(calling, ks, world):
    story = world.story(state=StoryState.SUBMITTED)
    send = [
        calling(ks).post(f"/stories/{story.ref}/transitions", {"to": "ready"}, headers=KEY)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in send] == [200, 200]


def test_a_refused_write_keeps_no_key(mine):
    assert mine.post("/stories", {}, headers=KEY).status_code == 422
    assert mine.post("/stories", BODY, headers=KEY).status_code == 201


def test_a_key_is_kept_for_a_day(mine, monkeypatch):
    mine.post("/stories", BODY, headers=KEY)
    tomorrow = clock.now() + timedelta(hours=24, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    mine.post("/stories", BODY, headers=KEY)
    assert stored() == 2


@pytest.mark.parametrize(("key", "code"), [("k" * 200, 201), ("k" * 201, 422), ("", 422)])
def test_a_key_has_its_length(mine, key, code):
    assert idempotency.KEY_MAX == 200
    answer = mine.post("/stories", BODY, headers={"Idempotency-Key": key})
    assert answer.status_code == code
