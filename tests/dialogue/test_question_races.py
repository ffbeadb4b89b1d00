"""Forty at once, from two processes: a form asks once, drafts come out once, and what is withdrawn
is not published."""

from collections import Counter
from functools import partial

from sqlalchemy import select

from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.dialogue import service
from pilot.dialogue.models import (
    DialogueAnswer,
    DialogueAnswerBatch,
    DialogueAnswerDraft,
    DialogueAnswering,
    DialogueQuestion,
)
from pilot.dialogue.rules import AnswerText, QuestionState, QuestionText
from tests.support.questions import NEWS, Desk, asked, mails, seen
from tests.support.race import race

CROWD, QUESTIONS = 40, 10
LATE = "late"
Q = QuestionState


def people(world) -> tuple[Actor, Actor]:
    """A vendor's person, and a lead at KS."""
    firm, ks = world.organisation(), world.seeded(OrganisationKind.KS)
    made = (
        (world.member(firm, Role.LEAD), firm.id, OrganisationKind.VENDOR),
        (world.member(ks, Role.LEAD), ks.id, OrganisationKind.KS),
    )
    vendor, lead = (
        Actor(person_id=person.id, organisation_id=number, kind=kind, role=Role.LEAD)
        for person, number, kind in made
    )
    db.session.remove()
    return vendor, lead


def stored(model: type) -> list:
    db.session.rollback()
    return list(db.session.scalars(select(model)))


# --- one form ------------------------------------------------------------------------------------


def send(actor: Actor, _number: int) -> int | str:
    try:
        return service.ask(actor, QuestionText("Hva gjelder?"), form_key="a" * 32).id
    except Conflict:
        return LATE


def test_one_form_sent_forty_times_is_one_question(shared_database, world):
    vendor, _ = people(world)
    answers = set(race(partial(send, vendor), shared_database, threads=CROWD // 2)) - {LATE}
    (question,) = stored(DialogueQuestion)
    assert answers == {question.id}
    assert audit.verify().fault is None


# --- the same drafts -----------------------------------------------------------------------------


def publish(lead: Actor, chosen: dict[int, int], number: int) -> str:
    try:
        key = f"{number:032x}"
        service.publish_answers(lead, chosen, is_unrecognisable=True, form_key=key)
    except Conflict:
        return LATE
    return "first"


def test_the_same_drafts_come_out_once(shared_database, world):
    vendor, lead = people(world)
    desk = Desk(lead)
    drafts = [desk.draft(asked(vendor)) for _ in range(5)]
    chosen = seen(drafts)
    db.session.remove()
    answers = race(partial(publish, lead, chosen), shared_database, threads=CROWD // 2)
    assert Counter(answers) == {"first": 1, LATE: CROWD - 1}
    assert len(stored(DialogueAnswerBatch)) == 1
    assert len(stored(DialogueAnswer)) == 5
    assert not stored(DialogueAnswerDraft)
    assert not stored(DialogueAnswering)
    assert len(mails(NEWS)) == 1
    assert audit.verify().fault is None


# --- withdrawn, or published ---------------------------------------------------------------------


def withdraw_or_publish(
    vendor: Actor, lead: Actor, made: list[tuple[int, int]], number: int
) -> str:
    """Each question is withdrawn by two, and its draft published by two."""
    question, draft = made[number % QUESTIONS]
    try:
        if (number // QUESTIONS) % 2:
            service.withdraw_question(vendor, question)
            return "withdrawn"
        service.publish_answers(lead, {draft: 1}, is_unrecognisable=True)
    except Conflict:
        return LATE
    return "published"


def test_a_question_is_withdrawn_or_published_and_never_both(shared_database, world):
    vendor, lead = people(world)
    desk = Desk(lead)
    made = [
        (number, desk.draft(number, question=f"Til {number}"))
        for number in (asked(vendor) for _ in range(QUESTIONS))
    ]
    db.session.remove()
    task = partial(withdraw_or_publish, vendor, lead, made)
    answers = race(task, shared_database, threads=CROWD // 2)
    out = {one.question for one in stored(DialogueAnswer)}
    states = {one.id: one.state for one in stored(DialogueQuestion)}
    assert set(states.values()) <= {Q.WITHDRAWN, Q.PUBLISHED}
    assert out == {f"Til {one}" for one, state in states.items() if state is Q.PUBLISHED}
    assert len(stored(DialogueAnswerBatch)) == len(out) == Counter(answers)["published"]
    assert not stored(DialogueAnswering)
    assert len(stored(DialogueAnswerDraft)) == QUESTIONS - len(out)
    assert audit.verify().fault is None


def draft_or_withdraw(vendor: Actor, lead: Actor, made: list[int], number: int) -> str:
    """Some begin to answer two questions at once, in either order; some withdraw them."""
    pair = [made[number % QUESTIONS], made[(number * 3 + 1) % QUESTIONS]]
    try:
        if number % 4 == 3:
            service.withdraw_question(vendor, pair[0])
            return "withdrawn"
        service.add_draft(lead, AnswerText("Hva?", "Ja"), questions=pair)
    except Rejected:
        return LATE
    return "drafted"


def test_what_is_withdrawn_is_tied_to_nothing(shared_database, world):
    vendor, lead = people(world)
    made = [asked(vendor) for _ in range(QUESTIONS)]
    db.session.remove()
    task = partial(draft_or_withdraw, vendor, lead, made)
    answers = Counter(race(task, shared_database, threads=CROWD // 2))
    assert answers["withdrawn"] == CROWD // 4
    ties = stored(DialogueAnswering)
    states = {one.id: one.state for one in stored(DialogueQuestion)}
    tied = {one.question_id for one in ties}
    assert all(states[number] is Q.ANSWERING for number in tied)
    assert tied == {number for number, state in states.items() if state is Q.ANSWERING}
    assert len(stored(DialogueAnswerDraft)) == answers["drafted"]
