"""Handling: every step by everyone, publishing, who is told, what is noted."""

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from pilot.core import audit
from pilot.core.audit import AuditEvent, AuditText
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Role, Zone
from pilot.core.unit import unit_of_work
from pilot.stories import service
from pilot.stories.models import Story, StoryStep, StoryVersion
from pilot.stories.rules import StoryState, StoryText
from tests.stories.test_rules import STEPS
from tests.support.people import Person

S = StoryState
REASON = "Skriv hvilke opplysninger det gjelder."


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def last_event() -> AuditEvent:
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()


# --- the steps -------------------------------------------------------------------------------


def try_step(person: Person, story_id: int, to: StoryState) -> str:
    try:
        service.move_story(person.actor, story_id, to=to, reason=REASON)
    except (Conflict, Forbidden, Missing, Rejected) as refusal:
        return type(refusal).__name__
    return "moved"


@pytest.mark.parametrize("state", StoryState)
def test_only_the_named_steps_by_the_named_side(state, world, municipality, ks_member, neighbour):
    owner, ks = municipality, ks_member
    for to in StoryState:
        for who, person in (("owner", owner), ("ks", ks), ("neighbour", neighbour)):
            story = world.story(state=state)
            answer = try_step(person, story.id, to)
            allowed = any((state, to, who) == (a, b, c) for a, b, c, _ in STEPS)
            where = f"{who}: {state} → {to}: {answer}"
            assert (answer == "moved") is allowed, where
            now = db.session.get_one(Story, story.id, populate_existing=True)
            assert now.state is (to if allowed else state), where
            if who == "neighbour" and state in (S.DRAFT, S.WITHDRAWN):
                assert answer == "Missing", where  # not even that it is there


def test_nobody_else_moves_anything(world, vendor, nhn, hospital, steering, stranger):
    story = world.story(is_published=True, state=S.READY)
    for person in (vendor, nhn, hospital, steering, stranger):
        for to in (S.RETURNED, S.WITHDRAWN, S.READY):
            assert try_step(person, story.id, to) == "Forbidden"


@pytest.mark.parametrize("to", [S.RETURNED, S.REJECTED])
@pytest.mark.parametrize("reason", ["", "  \n ", "\x00"])
def test_a_refusal_owes_a_reason(ks, tell, to, reason):
    story = tell.at(S.SUBMITTED)
    with pytest.raises(Rejected) as refusal:
        service.move_story(ks.actor, story.id, to=to, reason=reason)
    assert refusal.value.field == "reason"
    assert story.row.state is S.SUBMITTED


def test_a_reason_has_a_limit_and_is_not_cut(ks, tell):
    story = tell.at(S.SUBMITTED)
    with pytest.raises(Rejected) as refusal:
        service.move_story(ks.actor, story.id, to=S.RETURNED, reason="x" * 2_001)
    assert refusal.value.field == "reason"
    service.move_story(ks.actor, story.id, to=S.RETURNED, reason="x" * 2_000)
    assert len(story.row.reason) == 2_000


def test_an_unfinished_draft_is_not_submitted_as_it_stands(municipality):
    story = service.add_story(municipality.actor, StoryText(need="noe"))
    with pytest.raises(Rejected) as refusal:
        service.move_story(municipality.actor, story.id, to=S.SUBMITTED)
    assert {name for name, _ in refusal.value.found} == {"title", "role", "benefit"}


def test_from_an_old_page_nothing_is_moved(ks, municipality, tell):
    story = tell.at(S.SUBMITTED)
    seen = story.row.revision
    service.edit_story(ks.actor, story.id, tell.world.text(), revision=seen)
    with pytest.raises(service.Stale):
        service.move_story(ks.actor, story.id, to=S.READY, revision=seen)
    assert story.row.state is S.SUBMITTED
    service.move_story(ks.actor, story.id, to=S.READY, revision=story.row.revision)
    assert story.row.state is S.READY


def test_the_ways_back(municipality, ks, tell):
    """Withdrawn and taken up again; rejected and opened again."""
    story = tell.at(S.SUBMITTED)
    tell.move(story, S.WITHDRAWN)
    assert story.row.zone is Zone.OWN
    tell.move(story, S.DRAFT)
    tell.move(story, S.SUBMITTED)
    tell.move(story, S.REJECTED)
    assert story.row.reason == REASON
    tell.move(story, S.IN_REVIEW)
    assert story.row.reason == ""
    tell.move(story, S.READY)
    assert story.row.zone is Zone.PUBLIC_SIDE
    steps = select(StoryStep.verb).filter_by(story_id=story.id).order_by(StoryStep.id)
    assert list(db.session.scalars(steps)) == [
        "submitted",
        "withdrawn",
        "draft",
        "submitted",
        "rejected",
        "in_review",
        "ready",
    ]


# --- publishing ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", StoryState)
def test_only_what_is_ready_is_published(state, ks, world):
    story = world.story(state=state)
    if state is S.READY:
        service.publish_story(ks.actor, story.id)
    else:
        with pytest.raises(Conflict):
            service.publish_story(ks.actor, story.id)
    now = db.session.get_one(Story, story.id, populate_existing=True)
    assert (now.published_at is not None, now.zone is Zone.PUBLIC) == (state is S.READY,) * 2


def test_only_ks_publishes(municipality, nhn, hospital, neighbour, tell, vendor, stranger):
    story = tell.at(S.READY)
    for person in (municipality, nhn, hospital, neighbour):
        with pytest.raises(Forbidden):
            service.publish_story(person.actor, story.id)
    for person in (vendor, stranger):
        with pytest.raises(Missing):
            service.publish_story(person.actor, story.id)
    assert story.row.published_at is None


def test_published_once_and_not_taken_back(ks, ks_member, municipality, tell):
    story = tell.published()
    first = story.row.published_at
    with pytest.raises(Conflict):
        service.publish_story(ks_member.actor, story.id)
    for to in (S.RETURNED, S.REJECTED, S.WITHDRAWN):
        person = municipality if to is S.WITHDRAWN else ks
        with pytest.raises(Conflict):
            service.move_story(person.actor, story.id, to=to, reason=REASON)
    assert story.row.published_at == first
    assert story.row.published_version == story.row.version == 1


def test_not_published_from_an_old_page(ks, tell):
    story = tell.at(S.READY)
    seen = story.row.revision
    service.edit_story(ks.actor, story.id, tell.world.text(), revision=seen)
    with pytest.raises(service.Stale):
        service.publish_story(ks.actor, story.id, revision=seen)
    assert story.row.published_at is None


# --- versions are kept -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        update(StoryVersion).values(note="omskrevet"),
        delete(StoryVersion),
        text("UPDATE story_version SET number = number + 1"),
        text("DELETE FROM story_version"),
    ],
)
def test_a_version_is_neither_changed_nor_removed(statement, tell):
    story = tell.at(S.SUBMITTED)
    with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
        db.session.execute(statement)
    kept = db.session.scalars(select(StoryVersion).filter_by(story_id=story.id)).one()
    assert (kept.number, kept.note) == (1, "")


# --- who is told -----------------------------------------------------------------------------


@pytest.fixture
def others(app, world, colleague) -> list[Person]:
    """People who get no mail: without a part, no longer active, of another municipality."""
    oslo = world.municipality("0301")
    return [
        Person(app, world.member(oslo, role=None).id),
        Person(app, world.member(oslo, is_active=False).id),
        Person(app, world.member(world.municipality("1103")).id),
    ]


@pytest.mark.parametrize(
    ("state", "to"),
    [(S.SUBMITTED, S.READY), (S.SUBMITTED, S.RETURNED), (S.IN_REVIEW, S.REJECTED)],
)
def test_one_mail_for_each_contact(state, to, ks, municipality, colleague, others, tell):
    story = tell.at(state, title="Se prøvesvar")
    assert mails() == []  # the municipality's own steps, and the start of a review, tell nobody
    service.move_story(ks.actor, story.id, to=to, reason=REASON)
    assert sorted(m.person_id for m in mails()) == sorted([municipality.id, colleague.id])
    for mail in mails():
        assert mail.values == {"verb": to, "ref": story.ref, "title": "Se prøvesvar"}
        assert mail.note == REASON
        assert mail.event_uid == last_event().uid
    assert len({m.message_id for m in mails()}) == 2


def test_publishing_tells_too_and_a_refused_step_does_not(ks, municipality, tell):
    story = tell.published()
    assert [m.values["verb"] for m in mails()] == ["ready", "published"]
    with pytest.raises(Conflict):
        service.publish_story(ks.actor, story.id)
    assert len(mails()) == 2


def test_the_one_who_did_it_gets_no_mail(app, world, municipality, tell):
    """One who works at KS and is a contact of the municipality."""
    both = world.member(world.seeded("ks"), Role.LEAD)
    world.membership(both, world.municipality("0301"))
    story = tell.at(S.SUBMITTED)
    service.move_story(Person(app, both.id).actor, story.id, to=S.READY)
    assert [m.person_id for m in mails()] == [municipality.id]


def test_mail_is_in_the_readers_language(app, ks, world, tell):
    with unit_of_work():
        reader = db.session.get_one(type(world.person()), tell.owner.id)
        reader.locale = "nn"
    story = tell.at(S.SUBMITTED)
    service.move_story(ks.actor, story.id, to=S.READY)
    assert [m.locale for m in mails()] == ["nn"]


# --- what is noted ---------------------------------------------------------------------------


def test_the_event_holds_codes_and_the_text_lies_apart(ks, tell):
    story = tell.at(S.SUBMITTED)
    service.move_story(ks.actor, story.id, to=S.RETURNED, reason=REASON)
    event = last_event()
    assert (event.verb, event.subject_kind, event.subject_id) == (
        "story returned",
        "Story",
        story.id,
    )
    assert (event.person_id, event.organisation_id) == (ks.id, ks.organisation_id)
    assert event.details == {"before": "submitted", "after": "returned"}
    kept = db.session.scalars(select(AuditText).filter_by(event_uid=event.uid)).one()
    assert kept.text == REASON
    assert event.text_hash
    assert REASON not in str(event.details) + event.text_hash


def test_no_event_holds_what_people_wrote(ks, municipality, tell, nhn):
    words = {f: f"HEMMELIG-{f}" for f in ("title", "role", "need", "benefit", "context")}
    story = tell.at(S.IN_REVIEW, **words)
    service.edit_story(
        ks.actor,
        story.id,
        StoryText(**words | {"need": "HEMMELIG-to"}),
        revision=story.row.revision,
    )
    rows = db.session.execute(select(AuditEvent.verb, AuditEvent.details)).all()
    assert len(rows) >= 4
    assert "HEMMELIG" not in str(rows)
    assert audit.verify().fault is None


def test_the_chain_holds_when_a_text_is_erased(ks, tell):
    tell.at(S.RETURNED)
    assert db.session.scalar(select(func.count(AuditText.id))) == 1
    with unit_of_work():
        db.session.execute(delete(AuditText))
    assert audit.verify().fault is None
