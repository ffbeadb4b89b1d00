"""Writing: what is stored, what is refused, and that a refusal stores nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pilot.core import clock
from pilot.core.audit import AuditEvent, AuditText
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.unit import unit_of_work
from pilot.stories import queries, service
from pilot.stories.models import Story, StorySolution, StoryVersion
from pilot.stories.rules import PER_DAY, Frequency, SolutionLink, StoryState, StoryText
from tests.support import identity
from tests.support.people import Person

FULL = StoryText(
    title="Se prøvesvar",
    role="sykepleier",
    need="se prøvesvar fra sykehuset",
    benefit="slipper å ringe",
    context="**Bakgrunn** her",
    criteria=("Svaret vises", "Svaret har dato"),
    elements=("prøvesvar", "dato"),
    solutions=("helseid", "sysvak"),
    from_setting="sykehus",
    to_setting="hjemmetjeneste",
    frequency=Frequency.DAILY,
    patients_per_year=120,
    consequence="Vi ringer.",
    language="nn",
)


def count(model=Story) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)))


def versions(story_id: int) -> list[tuple[int, str]]:
    rows = select(StoryVersion).filter_by(story_id=story_id).order_by(StoryVersion.number)
    return [(row.number, row.body["title"]) for row in db.session.scalars(rows)]


def events(story_id: int) -> list[AuditEvent]:
    wanted = select(AuditEvent).filter_by(subject_kind="Story", subject_id=story_id)
    return list(db.session.scalars(wanted.order_by(AuditEvent.id)))


# --- drafts ----------------------------------------------------------------------------------


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


# --- identity numbers ------------------------------------------------------------------------

NUMBERS = [
    identity.ORDINARY,
    identity.D_NUMBER,
    identity.H_NUMBER,
    identity.TEST_NUMBER,
    f"{identity.ORDINARY[:6]} {identity.ORDINARY[6:]}",
    " ".join(identity.D_NUMBER),
]
TEXT_FIELDS = ["title", "role", "need", "benefit", "context", "consequence"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("field", [*TEXT_FIELDS, "criteria", "elements"])
def test_an_identity_number_is_never_stored(municipality, field, number):
    words = f"Gjelder {number}, som bor hjemme."
    value = ("først noe annet", words) if field in ("criteria", "elements") else words
    with pytest.raises(Rejected) as refusal:
        service.add_story(municipality.actor, replace(FULL, **{field: value}))
    assert refusal.value.field == field
    assert count() == 0
    assert count(AuditEvent) == 0 or not db.session.scalar(
        select(AuditText.id).where(AuditText.text.contains(number))
    )


@pytest.mark.parametrize("field", [*TEXT_FIELDS, "criteria", "elements"])
def test_nor_when_a_story_is_changed(municipality, tell, field):
    story = tell.draft()
    words = f"se {identity.ORDINARY}"
    value = (words,) if field in ("criteria", "elements") else words
    before = story.text
    with pytest.raises(Rejected):
        service.edit_story(
            municipality.actor, story.id, replace(before, **{field: value}), revision=1
        )
    assert story.text == before


def test_nor_in_a_note_or_a_reason(municipality, ks, nhn, tell):
    story = tell.at(StoryState.SUBMITTED)
    with pytest.raises(Rejected):
        service.move_story(
            ks.actor, story.id, to=StoryState.RETURNED, reason=f"Gjelder {identity.ORDINARY}"
        )
    with pytest.raises(Rejected):
        service.edit_story(
            ks.actor,
            story.id,
            replace(story.text, title="Nytt"),
            revision=story.row.revision,
            note=identity.H_NUMBER,
        )
    with pytest.raises(Rejected):
        service.assess_solution(
            nhn.actor,
            story.id,
            solution_key="helseid",
            kind=SolutionLink.REUSE,
            note=identity.D_NUMBER,
        )
    assert story.row.state is StoryState.SUBMITTED
    assert story.row.version == 1


# --- the same form twice ---------------------------------------------------------------------


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


# --- a hundred a day -------------------------------------------------------------------------


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


# --- changes ---------------------------------------------------------------------------------


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
    of_ks = {StoryState.SUBMITTED, StoryState.IN_REVIEW, StoryState.READY}
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


# --- the wished-for solutions ----------------------------------------------------------------


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
