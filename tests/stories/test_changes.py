"""Changes: who may make them, when they are a version, and what becomes of the wishes."""

from dataclasses import replace

import pytest

from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.stories import queries, service
from pilot.stories.models import Story
from pilot.stories.rules import SolutionLink, StoryState
from tests.stories.written import FULL, events, versions

# --- changes --------------------------------------------------------------------------------------


def test_a_draft_is_overwritten_without_a_version(municipality, tell):
    story = tell.draft()
    service.edit_story(municipality.actor, story.id, FULL, revision=1)
    assert story.text == FULL
    assert versions(story.id) == []
    [_, edited] = events(story.id)
    assert "title" in edited.details["fields"]


def test_every_change_after_sending_is_a_version(municipality, ks, tell):
    story = tell.at(StoryState.SUBMITTED, title="Første")
    for n, title in enumerate(("Andre", "Tredje"), 2):
        service.edit_story(
            ks.actor,
            story.id,
            replace(story.text, title=title),
            revision=story.row.revision,
            note=f"Endring {n}",
        )
    assert versions(story.id) == [(1, "Første"), (2, "Andre"), (3, "Tredje")]
    assert story.row.version == 3


def test_saving_without_a_change_makes_no_version(ks, tell):
    story = tell.at(StoryState.SUBMITTED)
    service.edit_story(ks.actor, story.id, story.text, revision=story.row.revision)
    assert len(versions(story.id)) == 1


def test_mended_and_sent_again_is_one_new_version(municipality, tell):
    story = tell.at(StoryState.RETURNED, title="Første")
    service.edit_story(
        municipality.actor,
        story.id,
        replace(story.text, title="Rettet"),
        revision=story.row.revision,
        submit=True,
        note="Rettet etter svar",
    )
    assert versions(story.id) == [(1, "Første"), (2, "Rettet")]
    assert story.row.state is StoryState.SUBMITTED
    assert story.row.reason == ""


def test_a_draft_taken_up_again_is_a_draft(municipality, tell):
    """It may be unfinished, and what is written there is nobody else's until it is sent."""
    story = tell.at(StoryState.SUBMITTED, title="Første")
    tell.move(story, StoryState.WITHDRAWN)
    tell.move(story, StoryState.DRAFT)
    unfinished = replace(story.text, title="Hemmelig foreløpig", benefit="")
    service.edit_story(municipality.actor, story.id, unfinished, revision=story.row.revision)
    assert versions(story.id) == [(1, "Første")]
    ready = replace(unfinished, title="Ferdig", benefit="nytte")
    service.edit_story(
        municipality.actor, story.id, ready, revision=story.row.revision, submit=True
    )
    assert versions(story.id) == [(1, "Første"), (2, "Ferdig")]


def test_what_ks_has_lacks_none_of_the_four(ks, tell):
    story = tell.at(StoryState.SUBMITTED)
    with pytest.raises(Rejected):
        service.edit_story(
            ks.actor, story.id, replace(story.text, need=""), revision=story.row.revision
        )


def test_an_old_form_changes_nothing(municipality, colleague, tell):
    story = tell.draft(title="Første")
    theirs = replace(story.text, title="Kollegaens")
    service.edit_story(colleague.actor, story.id, theirs, revision=1)
    with pytest.raises(service.Stale):
        service.edit_story(municipality.actor, story.id, replace(theirs, title="Min"), revision=1)
    assert story.row.title == "Kollegaens"
    assert story.row.revision == 2


@pytest.mark.parametrize("state", StoryState)
def test_who_may_change_the_text(state, ks, municipality, neighbour, nhn, vendor, tell, world):
    """The municipality before it is sent and after a return, KS while KS has it."""
    story = world.story(state=state)
    text = world.text()

    def tries(person) -> str:
        try:
            revision = db.session.get_one(Story, story.id).revision
            service.edit_story(person.actor, story.id, text, revision=revision)
        except (Forbidden, Conflict, Missing) as refusal:
            return type(refusal).__name__
        return "stored"

    owners = {StoryState.DRAFT, StoryState.RETURNED}
    of_ks = {"submitted", "in_review", "ready", "prioritised"}
    assert (tries(municipality) == "stored") == (state in owners)
    assert (tries(ks) == "stored") == (state in of_ks)
    hidden = state in (StoryState.DRAFT, StoryState.WITHDRAWN)
    assert tries(neighbour) == tries(nhn) == ("Missing" if hidden else "Forbidden")
    assert tries(vendor) == "Missing"


def test_one_who_wrote_while_the_state_changed_was_slow_not_forbidden(
    municipality, colleague, ks, tell
):
    """The colleague submits while a draft is open; the municipality withdraws while KS edits."""
    story = tell.draft()
    text, revision = story.text, story.row.revision
    service.move_story(colleague.actor, story.id, to=StoryState.SUBMITTED)
    with pytest.raises(Conflict):
        service.edit_story(municipality.actor, story.id, text, revision=revision)
    revision = story.row.revision
    service.move_story(municipality.actor, story.id, to=StoryState.WITHDRAWN)
    with pytest.raises(Conflict):
        service.edit_story(ks.actor, story.id, text, revision=revision)


# --- the wished-for solutions ---------------------------------------------------------------------


def test_wishes_follow_the_text_and_what_is_judged_stays(municipality, nhn, tell):
    story = tell.draft(solutions=("helseid", "sysvak"))
    service.move_story(municipality.actor, story.id, to=StoryState.SUBMITTED)
    service.assess_solution(nhn.actor, story.id, solution_key="helseid", kind=SolutionLink.REUSE)
    tell.move(story, StoryState.RETURNED)
    service.edit_story(
        municipality.actor,
        story.id,
        replace(story.text, solutions=("pll",)),
        revision=story.row.revision,
    )
    assert story.text.solutions == ("pll",)
    rows = {r.key: (r.is_wished, r.kind) for r in queries.page(nhn.actor, story.ref).solutions}
    assert rows == {"helseid": (False, SolutionLink.REUSE), "pll": (True, None)}
