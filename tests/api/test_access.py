"""Who asks, and what they may: tokens only, and the same policy as the pages."""

import pytest
from flask import Flask

from pilot.accounts.models import Membership
from pilot.accounts.models import Person as PersonRow
from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.stories.rules import StoryState
from pilot.web import throttle
from tests.api.conftest import Caller
from tests.support.people import Person

LISTS = ("/municipalities", "/national-solutions", "/stories")


@pytest.mark.parametrize("path", LISTS)
def test_what_is_public_needs_no_token(guest, path):
    assert guest.get(path).status_code == 200


def test_a_write_needs_a_token(guest, world):
    story = world.story(is_published=True, state=StoryState.READY)
    for path in ("/stories", f"/stories/{story.ref}/transitions"):
        answer = guest.post(path, {})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("path", [*LISTS, "/openapi.json", "/nothing"])
@pytest.mark.parametrize(
    "header", ["Bearer wrong", "Bearer", "Bearer  ", "Basic bGVkZXI6aGVtbWVsaWc=", "", "\xe6"]
)
def test_a_token_that_is_not_known_is_refused_everywhere(guest, path, header):
    answer = guest.get(path, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json["status"] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_cookies_say_nothing(world, ks, municipality):
    story = world.story(state=StoryState.SUBMITTED)
    assert ks.get(f"/historier/{story.ref}").status_code == 200
    assert ks.api("GET", f"/api/v1/stories/{story.ref}").status_code == 404
    assert ks.api("GET", "/api/v1/stories").json["items"] == []
    written = municipality.api("POST", "/api/v1/stories", json={"title": "Uten token"})
    assert written.status_code == 401


def test_a_choice_of_language_in_a_cookie_says_nothing(world, ks):
    ks.post("/sprak", locale="en")
    assert "Fant ikke" in ks.api("GET", "/api/v1/stories/BH-9999").json["title"]


@pytest.mark.usefixtures("csrf")
def test_a_token_needs_no_csrf_token(calling, municipality):
    assert calling(municipality).post("/stories", {"title": "Se prøvesvar"}).status_code == 201


def test_a_token_is_the_person_and_ends_with_them(calling, municipality):
    caller = calling(municipality)
    assert caller.get("/stories").status_code == 200
    with unit_of_work():
        db.session.get_one(PersonRow, municipality.id).is_active = False
    assert caller.get("/stories").status_code == 401


def test_a_token_ends_when_the_person_leaves_the_organisation(calling, municipality):
    caller = calling(municipality)
    with unit_of_work():
        for row in db.session.query(Membership).filter_by(person_id=municipality.id):
            db.session.delete(row)
    assert caller.get("/stories").status_code == 401


@pytest.mark.parametrize("who", ["ks", "nhn", "vendor", "hospital", "steering"])
def test_only_a_municipality_writes(request, calling, who):
    person: Person = request.getfixturevalue(who)
    answer = calling(person).post("/stories", {"title": "Se prøvesvar"})
    assert answer.status_code == 403
    assert answer.json["status"] == 403


def test_a_token_has_1200_requests_a_minute(calling, municipality, neighbour, monkeypatch):
    monkeypatch.setattr(throttle, "PER_TOKEN", type(throttle.PER_TOKEN)(3))
    caller = calling(municipality)
    codes = [caller.get("/stories").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = caller.get("/stories")
    assert refused.mimetype == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert calling(neighbour).get("/stories").status_code == 200


def test_the_limit_is_the_one_that_is_promised():
    assert throttle.PER_TOKEN.amount == 1200
    assert throttle.PER_TOKEN.get_expiry() == 60


def test_who_asks_costs_one_statement(calling, municipality, counted):
    caller = calling(municipality)
    with counted() as sent:
        caller.get("/nothing")
    assert len(sent) == 1


def test_a_guest_costs_nothing(app: Flask, counted):
    with counted() as sent:
        Caller(app).get("/openapi.json")
    assert sent == []
