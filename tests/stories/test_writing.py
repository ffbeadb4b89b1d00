"""Writing: what is stored, what is refused, and that a refusal stores nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Rejected
from pilot.core.unit import unit_of_work
from pilot.stories import queries, service
from pilot.stories.models import Story, StorySolution
from pilot.stories.rules import PER_DAY, StoryState, StoryText
from tests.stories.written import FULL, count, events, versions
from tests.support.people import Person

# --- drafts ---------------------------------------------------------------------------------------


def test_a_draft_keeps_every_field(municipality):
    story = service.add_story(municipality.actor, FULL)
    assert queries.text_of(story) == FULL
    assert (story.state, story.version) == (StoryState.DRAFT, 0)
    assert story.organisation_id == municipality.organisation_id
    assert story.author_id == municipality.id
    assert "<strong>Bakgrunn</strong>" in story.context_html
    assert versions(story.id) == []


def test_a_draft_may_be_unfinished_but_not_empty(municipality):
    assert service.add_story(municipality.actor, StoryText(need="Se prøvesvar")).id
    with pytest.raises(Rejected) as refusal:
        service.add_story(municipality.actor, StoryText())
    assert refusal.value.field == "title"
    assert count() == 1


def test_submitted_at_once(municipality):
    story = service.add_story(municipality.actor, FULL, submit=True)
    assert (story.state, story.version) == (StoryState.SUBMITTED, 1)
    assert versions(story.id) == [(1, FULL.title)]
    assert [e.verb for e in events(story.id)] == ["story added", "story submitted"]


def test_what_lacks_the_four_fields_is_not_submitted(municipality):
    with pytest.raises(Rejected) as refusal:
        service.add_story(municipality.actor, StoryText(context="bare dette"), submit=True)
    assert [name for name, _ in refusal.value.found] == ["title", "role", "need", "benefit"]
    assert count() == 0


def test_only_municipalities_write(ks, nhn, vendor, hospital, steering, stranger):
    for person in (ks, nhn, vendor, hospital, steering, stranger):
        with pytest.raises(Forbidden):
            service.add_story(person.actor, FULL)
    assert count() == 0


def test_one_employed_there_without_a_part_does_not_write(app, world):
    employed = Person(app, world.member(world.municipality("0301"), role=None).id)
    with pytest.raises(Forbidden):
        service.add_story(employed.actor, FULL)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"from_setting": "finnes-ikke"}, "from_setting"),
        ({"to_setting": "finnes-ikke"}, "to_setting"),
        ({"solutions": ("helseid", "finnes-ikke")}, "solutions"),
        ({"language": "en"}, "language"),
        ({"title": "x" * 121}, "title"),
        ({"context": "x" * 200_000}, "context"),
        ({"criteria": ("x",) * 21}, "criteria"),
        ({"patients_per_year": -1}, "patients_per_year"),
    ],
)
def test_faults_name_their_field_and_store_nothing(municipality, fields, field):
    with pytest.raises(Rejected) as refusal:
        service.add_story(municipality.actor, replace(FULL, **fields))
    assert refusal.value.field == field
    assert count() == 0


def test_a_solution_named_twice_is_one(municipality):
    """A hand-made post or the API may repeat it."""
    text = replace(FULL, solutions=("helseid", "helseid"))
    story = service.add_story(municipality.actor, text)
    assert count(StorySolution) == 1
    service.edit_story(municipality.actor, story.id, text, revision=story.revision)
    assert count(StorySolution) == 1


def test_deep_markdown_is_stored_in_linear_time(municipality, ks):
    story = service.add_story(municipality.actor, replace(FULL, context="[" * 20_000))
    assert story.context_html.count("[") == 20_000


# --- the same form twice --------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_story(municipality):
    first = service.add_story(municipality.actor, FULL, submit=True, form_key="k")
    again = service.add_story(municipality.actor, FULL, submit=True, form_key="k")
    assert again.id == first.id
    assert count() == 1
    assert versions(first.id) == [(1, FULL.title)]
    assert len(events(first.id)) == 2


def test_two_people_may_have_the_same_key(municipality, colleague):
    service.add_story(municipality.actor, FULL, form_key="k")
    service.add_story(colleague.actor, FULL, form_key="k")
    assert count() == 2


def test_going_back_and_writing_on_loses_nothing(municipality):
    """Saved as a draft, then back in the browser, mended and submitted: the same form once more."""
    first = service.add_story(municipality.actor, FULL, form_key="k")
    mended = replace(FULL, title="Se prøvesvar samme dag")
    again = service.add_story(municipality.actor, mended, submit=True, form_key="k")
    assert again.id == first.id
    assert (again.title, again.state) == (mended.title, StoryState.SUBMITTED)
    assert count() == 1


def test_going_back_does_not_undo_what_came_after(municipality):
    first = service.add_story(municipality.actor, FULL, form_key="k")
    service.edit_story(
        municipality.actor, first.id, replace(FULL, need="noe nytt"), revision=first.revision
    )
    with pytest.raises(Conflict):
        service.add_story(
            municipality.actor, replace(FULL, title="Gammelt"), submit=True, form_key="k"
        )
    assert db.session.get_one(Story, first.id).need == "noe nytt"


def test_a_form_without_a_key_is_a_story_each_time(municipality):
    for key in (None, "", None, ""):
        service.add_story(municipality.actor, FULL, form_key=key)
    assert count() == 4


# --- a hundred a day ------------------------------------------------------------------------------


@pytest.fixture
def a_hundred(world, municipality) -> None:
    """Stories that Oslo added an hour ago, straight into the table."""
    first = world.story()
    values = {c.key: getattr(first, c.key) for c in Story.__mapper__.column_attrs if c.key != "id"}
    values["created_at"] = clock.now() - timedelta(hours=1)
    with unit_of_work():
        db.session.add_all(Story(**values) for _ in range(PER_DAY - 2))


def test_a_hundred_a_day_and_no_more(a_hundred, municipality, neighbour):
    service.add_story(municipality.actor, FULL)
    with pytest.raises(Rejected) as refusal:
        service.add_story(municipality.actor, FULL)
    assert str(PER_DAY) in str(refusal.value.message)
    assert count() == PER_DAY
    service.add_story(neighbour.actor, FULL)  # the others may still write


def test_tomorrow_one_may_go_on(a_hundred, municipality, monkeypatch):
    service.add_story(municipality.actor, FULL)
    tomorrow = clock.now() + timedelta(hours=23, minutes=30)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    service.add_story(municipality.actor, FULL)
    assert count() == PER_DAY + 1
