"""Stories as they are read: the same as on the pages, for each who asks."""

from datetime import datetime

import pytest

from pilot.core.db import db
from pilot.core.unit import unit_of_work
from pilot.stories.models import Story
from pilot.stories.rules import Frequency, StoryState

WHO = ("stranger", "vendor", "neighbour", "municipality", "ks", "nhn", "hospital", "steering")


def refs(caller):
    answer = caller.get("/stories?limit=500").json
    assert answer["total"] == len(answer["items"])
    return {item["ref"] for item in answer["items"]}


@pytest.mark.parametrize("who", WHO)
def test_a_caller_sees_what_the_person_sees_on_the_pages(request, world, guest, calling, who):
    person = request.getfixturevalue(who)
    caller = guest if who == "stranger" else calling(person)
    stories = [world.story(state=state) for state in StoryState]
    stories.append(world.story(state=StoryState.READY, is_published=True))
    on_pages = {s.ref for s in stories if person.get(f"/historier/{s.ref}").status_code == 200}
    assert refs(caller) == on_pages
    for story in stories:
        expected = 200 if story.ref in on_pages else 404
        assert caller.get(f"/stories/{story.ref}").status_code == expected


def test_what_is_hidden_is_not_counted(guest, world):
    world.story(state=StoryState.SUBMITTED)
    world.story(state=StoryState.READY, is_published=True)
    assert guest.get("/stories?limit=1").json["total"] == 1


def test_a_story_in_full(guest, world):
    story = world.story(
        state=StoryState.READY,
        is_published=True,
        title="Epikrise samme dag",
        role="sykepleier",
        need="lese epikrisen",
        benefit="vi kan starte riktig",
        from_setting="sykehus",
        to_setting="hjemmetjeneste",
        elements=("epikrise", "cave"),
        criteria=("Innen to timer",),
        frequency=Frequency.DAILY,
        patients_per_year=4200,
        context="Mye **venting**.",
        consequence="Vi ringer.",
        language="nn",
    )
    answer = guest.get(f"/stories/{story.ref}").json
    moments = {name: answer.pop(name) for name in ("published_at", "changed_at")}
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments.values())
    assert answer == {
        "ref": story.ref,
        "url": f"http://localhost/historier/{story.ref}",
        "title": "Epikrise samme dag",
        "role": "sykepleier",
        "need": "lese epikrisen",
        "benefit": "vi kan starte riktig",
        "state": "ready",
        "municipality": "0301",
        "version": 1,
        "language": "nn",
        "from_setting": "sykehus",
        "to_setting": "hjemmetjeneste",
        "elements": ["epikrise", "cave"],
        "criteria": ["Innen to timer"],
        "solutions": [],
        "frequency": "daily",
        "patients_per_year": 4200,
        "patients_per_year_under_10": False,
        "context": "Mye **venting**.",
        "consequence": "Vi ringer.",
        "reason": None,
    }


@pytest.mark.parametrize(
    ("patients", "shown", "is_few"),
    [(None, None, False), (0, None, True), (9, None, True), (10, 10, False)],
)
def test_few_patients_are_not_counted_out(guest, world, patients, shown, is_few):
    story = world.story(state=StoryState.READY, is_published=True, patients_per_year=patients)
    for answer in (guest.get(f"/stories/{story.ref}").json, guest.get("/stories").json["items"][0]):
        assert answer["patients_per_year"] == shown
        assert answer["patients_per_year_under_10"] is is_few


def test_a_reason_is_for_those_it_concerns(calling, world, municipality, neighbour, ks):
    story = world.story(state=StoryState.RETURNED)
    with unit_of_work():
        db.session.get_one(Story, story.id).reason = "Si mer om hvem som trenger det."
    read = {
        name: calling(person).get(f"/stories/{story.ref}").json["reason"]
        for name, person in (("own", municipality), ("other", neighbour), ("ks", ks))
    }
    assert read == {"own": "Si mer om hvem som trenger det.", "other": None, "ks": read["own"]}


def test_support_is_told_to_those_inside(calling, municipality, ks, nhn, vendor, stranger, tell):
    story = tell.published()
    tell.registered(story, "1103")
    for person in (municipality, ks, nhn):
        found = calling(person).get(f"/stories/{story.ref}").json["support"]
        assert found["municipalities"] == 1
        assert found["population"] > 100_000
    assert "support" not in calling(vendor).get(f"/stories/{story.ref}").json
    assert "support" not in stranger.api("GET", f"/api/v1/stories/{story.ref}").json


def test_a_story_costs_few_statements(calling, municipality, world, counted):
    path = f"/stories/{world.story().ref}"
    caller = calling(municipality)
    with counted() as sent:
        caller.get(path)
    assert len(sent) == 3  # who, the story, its solutions
