"""The demo's sessions, and the many: sound by the rules, added once, telling nobody."""

from sqlalchemy import func, select

from pilot import seeds
from pilot.core import audit
from pilot.core.behalf import Channel
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Role
from pilot.dialogue import seed
from pilot.dialogue.models import (
    DialogueAnswer,
    DialogueAnswerBatch,
    DialogueQuestion,
    DialogueRegistration,
    DialogueSession,
)
from pilot.dialogue.rules import QuestionState as Q
from pilot.dialogue.rules import RegistrationState, SessionState


def count(model: type, **filters: object) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)).filter_by(**filters)) or 0


def test_the_demo_has_sessions_and_the_large_site_has_two_hundred_more(world):
    dict(seeds.demo())
    assert count(DialogueSession) == 3
    assert count(DialogueSession, state=SessionState.PUBLISHED) == 1
    assert count(DialogueRegistration) == 5
    for n in range(12):
        firm = world.organisation(OrganisationKind.VENDOR)
        world.member(firm, Role.LEAD, email=f"leverandor-{n:03d}@stor.example")
    mails = count(OutboxMail)
    assert seed.large("") == 200
    registered = count(DialogueRegistration)
    assert seed.large("") == 0
    assert count(DialogueSession) == 203
    assert count(DialogueRegistration) == registered > 1_000
    assert count(DialogueRegistration, state=RegistrationState.WAITLISTED) > 10
    assert count(OutboxMail) == mails
    assert audit.verify().fault is None


def test_the_demo_has_questions_and_the_large_site_has_six_hundred_more(world):
    dict(seeds.demo())
    states = [(Q.RECEIVED, 2), (Q.ANSWERING, 1), (Q.PUBLISHED, 0)]
    assert [count(DialogueQuestion, state=state) for state, _ in states] == [n for _, n in states]
    assert count(DialogueQuestion, behalf_channel=Channel.PHONE) == 1
    assert count(DialogueAnswerBatch) == 1
    assert count(DialogueAnswer) == 3
    for n in range(12):
        firm = world.organisation(OrganisationKind.VENDOR)
        world.member(firm, Role.LEAD, email=f"leverandor-{n:03d}@stor.example")
    mails = count(OutboxMail)
    assert seed.large_questions("") == 640
    assert seed.large_questions("") == 0
    assert count(DialogueQuestion) == 603
    assert count(DialogueAnswerBatch) == 41
    assert count(DialogueAnswer) == 203
    assert count(OutboxMail) == mails
    assert audit.verify().fault is None
