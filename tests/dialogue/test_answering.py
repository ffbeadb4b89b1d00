"""Answers: drafted by KS, published in batches; afterwards nothing leads back to who asked."""

import re
import secrets
from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import MetaData, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from pilot.core import audit
from pilot.core.clock import OSLO
from pilot.core.db import Base, db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.policy import Actor
from pilot.core.unit import unit_of_work
from pilot.dialogue import queries, service
from pilot.dialogue.models import (
    DialogueAnswer,
    DialogueAnswerBatch,
    DialogueAnswerDraft,
    DialogueAnswering,
)
from pilot.dialogue.rules import ANSWER_MAX, ASKED_MAX, BATCH_MOST, AnswerText
from pilot.dialogue.service import answering
from tests.support.identity import ORDINARY
from tests.support.questions import NEWS, Desk, asked, mails, pairs, row, seen, state_of

GUEST = Actor()
SAID = AnswerText("Hva gjelder?", "Det **samme** for alle.")
LARGE = 555_000_000


@pytest.fixture
def desk(ks) -> Desk:
    return Desk(ks.actor)


def count(model: type[Base]) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(model.id)).all())


# --- drafts --------------------------------------------------------------------------------------


def test_one_answer_to_several_questions_and_several_to_one(desk, vendor, other_vendor):
    first, second = asked(vendor.actor), asked(other_vendor.actor)
    both = desk.draft(first, second)
    one = desk.draft(first)
    assert {state_of(first), state_of(second)} == {"answering"}
    service.drop_draft(desk.actor, both)
    assert (state_of(first), state_of(second)) == ("answering", "received")
    service.drop_draft(desk.actor, one)
    assert state_of(first) == "received"
    assert count(DialogueAnswerDraft) == count(DialogueAnswering) == 0


def test_a_question_is_taken_out_of_a_draft_and_another_is_added(desk, vendor):
    first, second = asked(vendor.actor), asked(vendor.actor)
    made = desk.draft(first)
    service.edit_draft(desk.actor, made, SAID, questions=[second], revision=1)
    assert (state_of(first), state_of(second)) == ("received", "answering")
    with pytest.raises(service.Stale):
        service.edit_draft(desk.actor, made, SAID, questions=[second], revision=1)


def test_a_form_sent_twice_is_one_draft(desk, vendor):
    key, number = "b" * 32, asked(vendor.actor)
    made = [
        service.add_draft(desk.actor, SAID, questions=[number], form_key=key).id for _ in range(2)
    ]
    assert made[0] == made[1]
    assert count(DialogueAnswerDraft) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (AnswerText("", "Ja"), "question"),
        (AnswerText("Hva?", ""), "answer"),
        (AnswerText("x" * (ASKED_MAX + 1), "Ja"), "question"),
        (AnswerText("Hva?", "x" * (ANSWER_MAX + 1)), "answer"),
        (AnswerText("Hva?", "|a|\n" + "|-" * 40 + "|\n"), "answer"),
        (AnswerText(f"Om {ORDINARY}", "Ja"), "question"),
    ],
)
def test_what_is_not_an_answer_is_refused_at_its_field(said, field, desk, vendor):
    with pytest.raises(Rejected) as refusal:
        service.add_draft(desk.actor, said, questions=[asked(vendor.actor)])
    assert refusal.value.field == field
    assert count(DialogueAnswerDraft) == 0


def test_only_what_waits_is_answered(desk, vendor):
    gone = [desk.at(state, vendor.actor) for state in ("withdrawn", "published")]
    for wanted in ([], [1], *([one] for one in gone)):
        with pytest.raises(Rejected) as refusal:
            service.add_draft(desk.actor, SAID, questions=wanted)
        assert refusal.value.field == "questions"


@pytest.mark.parametrize("who", ["vendor", "nhn", "municipality", "steering", "stranger"])
def test_drafts_are_for_ks(who, request, desk, vendor):
    actor = request.getfixturevalue(who).actor
    made = desk.draft(asked(vendor.actor))
    with pytest.raises(Forbidden):
        service.add_draft(actor, SAID, questions=[1])
    with pytest.raises(Forbidden):
        Desk(actor).publish(made)
    for act in (
        lambda: queries.draft(actor, made),
        lambda: service.edit_draft(actor, made, SAID, questions=[1], revision=1),
        lambda: service.drop_draft(actor, made),
    ):
        with pytest.raises(Missing):
            act()


# --- publishing ----------------------------------------------------------------------------------


def test_all_that_is_chosen_comes_out_at_once(desk, vendor, other_vendor):
    first, second, third = (asked(one.actor) for one in (vendor, other_vendor, vendor))
    chosen = desk.draft(first), desk.draft(second)
    left = desk.draft(third)
    assert queries.published(GUEST, 1).total == 0
    batch = desk.publish(*chosen)
    assert [state_of(one) for one in (first, second, third)] == [
        *("published", "published", "answering")
    ]
    assert len(queries.batch(GUEST, batch)) == queries.published(GUEST, 1).total == 2
    assert queries.draft(desk.actor, left).answered == 1
    assert audit.verify().fault is None


def test_leads_publish(ks_member, desk, vendor):
    made = desk.draft(asked(vendor.actor))
    with pytest.raises(Forbidden):
        Desk(ks_member.actor).publish(made)


def test_someone_must_answer_that_nobody_can_be_recognised(desk, vendor):
    made = desk.draft(asked(vendor.actor))
    with pytest.raises(Rejected) as refusal:
        desk.publish(made, is_unrecognisable=False)
    assert refusal.value.field == "recognisable"
    assert count(DialogueAnswer) == 0


def test_what_was_not_seen_is_not_published(desk, vendor):
    made = desk.draft(asked(vendor.actor))
    was = seen([made])
    number = asked(vendor.actor)
    service.edit_draft(desk.actor, made, SAID, questions=[number], revision=1)
    for stale in (was, was | {made + 1: 1}):
        with pytest.raises(service.Stale):
            service.publish_answers(desk.actor, stale, is_unrecognisable=True)
    with pytest.raises(Rejected):
        desk.publish()
    many = dict.fromkeys(range(1, BATCH_MOST + 2), 1)
    with pytest.raises(Rejected):
        service.publish_answers(desk.actor, many, is_unrecognisable=True)
    assert count(DialogueAnswerBatch) == 0


def test_a_question_is_answered_whole(desk, vendor):
    """Else it could be published in part, and withdrawn in part."""
    number = asked(vendor.actor)
    made = desk.draft(number), desk.draft(number)
    with pytest.raises(Conflict, match="samtidig"):
        desk.publish(made[0])
    assert state_of(number) == "answering"
    desk.publish(*made)
    assert state_of(number) == "published"


def test_a_form_sent_twice_is_one_batch(desk, vendor):
    chosen, key = seen([desk.draft(asked(vendor.actor))]), "c" * 32
    made = [
        service.publish_answers(desk.actor, chosen, is_unrecognisable=True, form_key=key).id
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert count(DialogueAnswerBatch) == 1


def test_what_is_published_is_never_changed(desk, vendor):
    desk.publish(desk.draft(asked(vendor.actor)))
    changes: list[Any] = [
        update(DialogueAnswer).values(question="Noe annet"),
        delete(DialogueAnswer),
        update(DialogueAnswerBatch).values(published_by_id=None),
        delete(DialogueAnswerBatch),
    ]
    for change in changes:
        with pytest.raises(DBAPIError), unit_of_work():
            db.session.execute(change)
    assert count(DialogueAnswer) == 1


# --- who asked ------------------------------------------------------------------------------------


def test_the_order_is_drawn_and_numbers_follow_it(desk, vendor, monkeypatch):
    assert answering.SystemRandom is secrets.SystemRandom

    class Backwards:
        def shuffle(self, rows: list[Any]) -> None:
            rows.reverse()

    made = [desk.draft(asked(vendor.actor), question=f"Nummer {n}") for n in range(5)]
    monkeypatch.setattr(answering, "SystemRandom", Backwards)
    out = pairs(desk.publish(*made))
    assert [one.question for one in out] == [f"Nummer {n}" for n in (4, 3, 2, 1, 0)]
    assert [one.id for one in out] == sorted(one.id for one in out)
    assert [one.place for one in out] == [1, 2, 3, 4, 5]


def test_drafts_come_out_in_another_order_than_they_were_written(desk, vendor):
    words = [f"Nummer {n:02d}" for n in range(12)]
    made = [desk.draft(asked(vendor.actor), question=one) for one in words]
    out = [one.question for one in pairs(desk.publish(*made))]
    assert sorted(out) == words
    assert out != words  # one in 479 million


def test_a_published_question_tells_the_day_and_no_finer(desk, vendor, other_vendor):
    made = [asked(one.actor) for one in (vendor, other_vendor)]
    desk.publish(desk.draft(made[0]))
    desk.publish(desk.draft(made[1]))
    changed = {row(one).changed_at.astimezone(OSLO) for one in made}
    assert len(changed) == 1
    assert changed.pop().time().isoformat() == "00:00:00"


def test_everyone_gets_the_same_mail_at_once(world, desk, vendor, other_vendor, nhn):
    member = world.member(world.organisation())
    batch = desk.publish(desk.draft(asked(vendor.actor), asked(other_vendor.actor)))
    sent = mails(NEWS)
    assert {one.person_id for one in sent} == {vendor.id, other_vendor.id, member.id}
    assert len(sent) == 3
    assert len({str(one.values) for one in sent}) == len({one.event_uid for one in sent}) == 1
    assert sent[0].values == {"batch": batch, "answers": 1}
    assert not any(one.is_weekly or one.note or one.calendar for one in sent)


def _count_from(table: str, first: int) -> None:
    """Give the next row of a table a number that stands nowhere else."""
    if db.engine.dialect.name == "postgresql":
        sequence = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {first})"
        db.session.execute(text(sequence))
        return
    # SQLite counts on from the greatest there is; the row is gone with the test.
    columns, values = "id, organisation_id, zone", f"{first}, 1"
    more = {
        "dialogue_answer_batch": (", published_at", ", 'public', '2026-01-01 00:00:00'"),
        "dialogue_answer_draft": (
            ", revision, question, answer, lang",
            ", 'internal', 1, '', '', 'nb'",
        ),
    }[table]
    statement = f"INSERT INTO {table} ({columns}{more[0]}) VALUES ({values}{more[1]})"  # ours
    db.session.execute(text(statement))


def test_no_row_anywhere_leads_from_what_is_published_to_who_asked(desk, vendor, other_vendor):
    """Every row of every table is read as text. Numbers of nine digits stand for one thing each."""
    with unit_of_work():
        _count_from("dialogue_answer_draft", 333_000_000)
        _count_from("dialogue_answer_batch", LARGE)
    received = [
        asked(vendor.actor, "Mottatt alfa"),
        asked(other_vendor.actor, "Mottatt beta"),
        desk.told(vendor.organisation_id, "Mottatt gamma"),
    ]
    drafts = [desk.draft(one, question="Omskrevet ord") for one in received]
    service.edit_draft(
        desk.actor, drafts[0], AnswerText("Omskrevet ord", "Ja"), questions=received[:1], revision=1
    )
    batch = desk.publish(*drafts)
    assert batch > LARGE
    kinds = {
        **{str(one): "question" for one in received},
        **{str(one): "draft" for one in drafts},
        str(batch): "batch",
    }
    met, texts = defaultdict(set), defaultdict(set)
    for table, words in every_row():
        found = {kinds[one] for one in re.findall(r"\d{9}", words) if one in kinds}
        assert len(found) <= 1, f"{table} holds {found}: {words}"
        met[table] |= found
        texts[table] |= set(re.findall(r"Mottatt|Omskrevet", words))
    assert {table: found for table, found in met.items() if found} == {
        "dialogue_question": {"question"},
        "dialogue_answer": {"batch"},
        "dialogue_answer_batch": {"batch"},
        "audit_event": {"question", "draft", "batch"},  # each in a row of its own
        "outbox_mail": {"question", "batch"},  # the receipt; the news
    }
    assert {table: found for table, found in texts.items() if found} == {
        "dialogue_question": {"Mottatt"},
        "dialogue_answer": {"Omskrevet"},
    }


def every_row() -> list[tuple[str, str]]:
    """All rows of the database as text, also of tables that no model knows."""
    db.session.rollback()
    known = MetaData()
    known.reflect(bind=db.engine)
    return [
        (name, " | ".join(map(str, one)))
        for name, table in known.tables.items()
        for one in db.session.execute(select(table))
    ]


def test_the_trail_of_publishing_names_the_batch_alone(desk, vendor, other_vendor):
    numbers = [asked(one.actor) for one in (vendor, other_vendor)]
    made = [desk.draft(one) for one in numbers]
    db.session.rollback()
    before = len(db.session.scalars(select(audit.AuditEvent.id)).all())
    batch = desk.publish(*made)
    db.session.rollback()
    events = db.session.scalars(select(audit.AuditEvent).order_by(audit.AuditEvent.id)).all()
    (event,) = events[before:]
    assert (event.subject_kind, event.subject_id) == ("DialogueAnswerBatch", batch)
    assert (event.verb, event.details, event.text_hash) == (
        *("answers published", {"answers": 2}),
        None,
    )


def test_what_waits_is_counted_for_ks_alone(vendor, nhn, municipality):
    asked(vendor.actor)
    for someone in (vendor, nhn, municipality):
        with pytest.raises(Forbidden):
            queries.unanswered(someone.actor)
        with pytest.raises(Forbidden):
            queries.incoming(someone.actor, done=False, page=1)
