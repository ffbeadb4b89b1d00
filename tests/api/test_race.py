"""The same write sent by forty at once, from two processes: stored once, answered forty times."""

from collections import Counter
from collections.abc import Callable
from contextvars import Context
from functools import partial

import pytest
from flask import current_app
from sqlalchemy import func, select

from pilot.core import audit
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.idempotency import KeptAnswer
from pilot.stories.models import Story, StoryVersion
from tests.support.race import race

CROWD = 40
PATH = "/api/v1/stories"
BODY = {
    "title": "Se prøvesvar",
    "role": "sykepleier",
    "need": "se prøvesvar",
    "benefit": "slipper å ringe",
    "submit": True,
}
Answer = tuple[int, str]


def send(token: str, differs: bool, number: int) -> Answer:
    """One of the crowd, in another process, with a connection of its own."""
    db.session.remove()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "den samme"}
    body = BODY | {"title": f"Nummer {number}"} if differs else BODY
    client = current_app.test_client()
    answer = Context().run(lambda: client.post(PATH, json=body, headers=headers))
    return answer.status_code, (answer.json or {}).get("ref", "")


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def crowd(shared_database, municipality, token_of) -> Callable[[bool], list[Answer]]:
    token = token_of(municipality)

    def run(differs: bool) -> list[Answer]:
        db.session.remove()  # the test itself holds no lock meanwhile
        answers = race(partial(send, token, differs), shared_database, threads=CROWD // 2)
        assert len(answers) == CROWD
        return answers

    return run


def test_the_same_key_at_the_same_moment_is_one_story(crowd):
    before = count(AuditEvent)
    answers = crowd(False)
    codes = Counter(code for code, _ in answers)
    assert set(codes) <= {201, 409}  # 409: the same request is at work; the client asks again
    assert codes[201] >= 1
    assert len({ref for code, ref in answers if code == 201}) == 1
    assert (count(Story), count(StoryVersion), count(KeptAnswer)) == (1, 1, 1)
    verdict = audit.verify()
    assert (verdict.fault, verdict.events) == (None, before + 2)  # added, submitted


def test_the_same_key_with_forty_bodies_is_the_first_of_them(crowd):
    answers = crowd(True)
    codes = Counter(code for code, _ in answers)
    assert set(codes) <= {201, 409, 422}
    assert codes[201] == 1
    assert (count(Story), count(KeptAnswer)) == (1, 1)
