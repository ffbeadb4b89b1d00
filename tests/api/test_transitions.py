"""From state to state, and out to everyone, by the same rules as on the pages."""

import pytest

from pilot.core.db import db
from pilot.stories.models import Story
from pilot.stories.rules import MOVES, StoryState
from tests.api.conftest import fields_of
from tests.support.identity import ORDINARY


@pytest.fixture
def mine(calling, municipality):
    return calling(municipality)


@pytest.fixture
def lead(calling, ks):
    return calling(ks)


def moved(caller, story, to, **more):
    return caller.post(f"/stories/{story.ref}/transitions", {"to": to} | more)


def state(story):
    db.session.rollback()
    return db.session.get_one(Story, story.id).state


def test_from_draft_to_everyone(mine, lead, guest, world):
    story = world.story(state=StoryState.DRAFT)
    assert moved(mine, story, "submitted").json["state"] == "submitted"
    returned = moved(lead, story, "returned", reason="Si mer.")
    assert (returned.status_code, returned.json["state"]) == (200, "returned")
    assert mine.get(f"/stories/{story.ref}").json["reason"] == "Si mer."
    assert moved(mine, story, "submitted").json["version"] == 2
    assert moved(lead, story, "ready").json["published_at"] is None
    assert guest.get(f"/stories/{story.ref}").status_code == 404
    assert moved(lead, story, "published").json["published_at"]
    assert guest.get(f"/stories/{story.ref}").json["state"] == "ready"


@pytest.mark.parametrize("to", ["returned", "rejected"])
@pytest.mark.parametrize("reason", [{}, {"reason": ""}, {"reason": " \x00"}])
def test_to_return_or_reject_a_reason_is_owed(lead, world, to, reason):
    story = world.story(state=StoryState.SUBMITTED)
    answer = moved(lead, story, to, **reason)
    assert answer.status_code == 422
    assert fields_of(answer) == ["reason"]
    assert state(story) is StoryState.SUBMITTED


def test_publishing_has_no_reason(lead, world):
    story = world.story(state=StoryState.READY)
    answer = moved(lead, story, "published", reason="Fordi")
    assert answer.status_code == 422
    assert fields_of(answer) == ["reason"]


@pytest.mark.parametrize("to", [*MOVES, "published"])
def test_what_the_state_does_not_allow_is_a_conflict(mine, lead, world, to):
    story = world.story(state=StoryState.DELIVERED)
    way = MOVES.get(to)
    answer = moved(mine if way and way.by_owner else lead, story, to)
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert state(story) is StoryState.DELIVERED


def test_what_the_story_lacks_is_a_conflict_that_names_it(mine, world):
    story = world.story(state=StoryState.DRAFT, need="", benefit="")
    answer = moved(mine, story, "submitted")
    assert answer.status_code == 409
    assert fields_of(answer) == ["need", "benefit"]
    assert state(story) is StoryState.DRAFT


@pytest.mark.parametrize("to", ["x", "", None, 1, "merged", "delivered"])
def test_a_state_that_is_none(lead, world, to):
    answer = moved(lead, world.story(), to)
    assert answer.status_code == 422
    assert fields_of(answer) == ["to"]


def test_the_state_is_demanded_and_nothing_else_is_known(lead, world):
    answer = lead.post(f"/stories/{world.story().ref}/transitions", {"revision": 1})
    assert answer.status_code == 422
    assert set(fields_of(answer)) == {"to", "revision"}


def test_an_identity_number_is_no_reason(lead, world):
    story = world.story(state=StoryState.SUBMITTED)
    answer = moved(lead, story, "rejected", reason=f"Gjelder {ORDINARY}.")
    assert answer.status_code == 422
    assert fields_of(answer) == ["reason"]


@pytest.mark.parametrize(
    ("who", "to", "code"),
    [
        ("municipality", "ready", 403),
        ("municipality", "published", 403),
        ("neighbour", "withdrawn", 403),
        ("nhn", "ready", 403),
        ("vendor", "ready", 404),
        ("steering", "ready", 404),
    ],
)
def test_others_may_not(request, calling, world, who, to, code):
    story = world.story(state=StoryState.SUBMITTED)
    assert moved(calling(request.getfixturevalue(who)), story, to).status_code == code
    assert state(story) is StoryState.SUBMITTED


def test_a_neighbour_does_not_know_of_a_draft(calling, neighbour, world):
    assert (
        moved(calling(neighbour), world.story(state=StoryState.DRAFT), "submitted").status_code
        == 404
    )
