"""Forty at once, from two processes, each with a connection of its own: exact counts, no 500."""

from collections import Counter
from contextvars import Context
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from pilot.core import audit
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.stories.models import Story, StorySolution, StoryStep, StoryVersion
from pilot.stories.rules import PER_DAY, StoryState
from tests.support.race import race

S = StoryState
CROWD = 40
FULL = {
    "title": "Se prøvesvar",
    "role": "sykepleier",
    "need": "se prøvesvar",
    "benefit": "slipper å ringe",
}
Answer = tuple[int, str]


def post(people: list[int], path: str, fields: dict[str, Any], number: int) -> Answer:
    """One of the crowd, in another process: signed in, with an own connection."""
    db.session.remove()
    client = current_app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = f"{people[number % len(people)]}.0"
    typed = {name: value.format(n=number) for name, value in fields.items()}
    answer = Context().run(lambda: client.post(path, data=typed))
    return answer.status_code, answer.headers.get("Location", "")


def crowd(database: str, people: list[int], path: str, **fields: str) -> list[Answer]:
    """Everyone posts the same form at the same moment; `{n}` in a field is one's own number."""
    db.session.remove()  # the test itself holds no lock meanwhile
    answers = race(partial(post, people, path, fields), database, threads=CROWD // 2)
    assert len(answers) == CROWD
    return answers


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(code for code, _ in answers)


def count(model: Any, **filters: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)).filter_by(**filters))


def assert_chain_holds(events: int) -> None:
    """Every link is there, once, and so many more than before."""
    verdict = audit.verify()
    assert verdict.fault is None
    assert verdict.events == events


def test_publishing_the_same_story(shared_database, ks, ks_member, tell):
    story = tell.at(S.READY)
    before, seen = count(AuditEvent), str(story.row.revision)
    people = [ks.id, ks_member.id]
    answers = crowd(shared_database, people, f"{story.path}/publiser", revision=seen)
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert count(StoryStep, verb="published") == 1
    assert count(OutboxMail) == 2  # taken in, published
    assert_chain_holds(before + 1)


def one_way_or_the_other(ways: list[Any], number: int) -> Answer:
    return ways[number % 2](number)


def test_one_at_ks_takes_in_while_another_returns(shared_database, ks, ks_member, tell):
    story = tell.at(S.SUBMITTED)
    before, seen = count(AuditEvent), str(story.row.revision)
    people = [ks.id, ks_member.id]
    fields = {"revision": seen, "reason": "Fordi {n}"}
    ways = [
        partial(post, people, f"{story.path}/flytt/{to}", fields) for to in ("ready", "returned")
    ]
    db.session.remove()
    answers = race(partial(one_way_or_the_other, ways), shared_database, threads=CROWD // 2)
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert story.row.state in (S.READY, S.RETURNED)
    assert count(StoryStep, story_id=story.id, verb=story.row.state.value) == 1
    assert count(StoryStep) == 2  # sent in, and what the winner did
    assert count(OutboxMail) == 1
    assert_chain_holds(before + 1)


def test_one_deletes_a_draft_while_another_sends_it_in(
    shared_database, municipality, colleague, tell
):
    """Never a version without its story, and never a story that was deleted and sent in."""
    story = tell.draft()
    before, seen = count(AuditEvent), str(story.row.revision)
    people = [municipality.id, colleague.id]
    ways = [
        partial(post, people, f"{story.path}/{way}", {"revision": seen})
        for way in ("slett", "flytt/submitted")
    ]
    db.session.remove()
    answers = race(partial(one_way_or_the_other, ways), shared_database, threads=CROWD // 2)
    is_left = count(Story) == 1
    assert statuses(answers) == {302: 1, (409 if is_left else 404): CROWD - 1}
    assert count(StoryVersion) == count(StoryStep) == int(is_left)
    assert_chain_holds(before + 1)


def test_many_edit_from_the_same_form(shared_database, municipality, colleague, tell):
    story = tell.at(S.RETURNED, title="Før")
    before, seen = count(AuditEvent), str(story.row.revision)
    answers = crowd(
        shared_database,
        [municipality.id, colleague.id],
        f"{story.path}/endre",
        **(FULL | {"title": "Nummer {n}", "revision": seen, "save": "1"}),
    )
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    row = story.row
    assert (row.version, row.revision) == (2, int(seen) + 1)
    titles = select(StoryVersion.body).filter_by(story_id=story.id).order_by(StoryVersion.number)
    assert [body["title"] for body in db.session.scalars(titles)] == ["Før", row.title]
    assert row.title.startswith("Nummer ")
    assert_chain_holds(before + 1)


def test_the_same_form_sent_by_many_hands_is_one_story(shared_database, municipality):
    before = count(AuditEvent)
    answers = crowd(
        shared_database, [municipality.id], "/historier/ny", **FULL, submit="1", form_key="a" * 32
    )
    assert statuses(answers) == {302: CROWD}
    assert len({where for _, where in answers}) == 1
    assert (count(Story), count(StoryVersion), count(StoryStep)) == (1, 1, 1)
    assert_chain_holds(before + 2)  # added, submitted


def test_the_hundredth_is_the_last(shared_database, world, municipality):
    world.stories(PER_DAY - 3)
    before = count(AuditEvent)
    fields = FULL | {"title": "Nummer {n}", "save": "1"}
    answers = crowd(shared_database, [municipality.id], "/historier/ny", **fields)
    assert statuses(answers) == {302: 3, 422: CROWD - 3}
    assert count(Story) == PER_DAY
    assert_chain_holds(before + 3)


def test_many_judge_the_same_solution(shared_database, nhn, tell):
    story = tell.at(S.SUBMITTED)
    before, seen = count(AuditEvent), story.row.revision
    fields = {"solution_key": "pll", "kind": "reuse", "note": "Nummer {n}"}
    answers = crowd(shared_database, [nhn.id], f"{story.path}/losninger", **fields)
    assert statuses(answers) == {302: CROWD}
    assert count(StorySolution) == 1
    assert story.row.revision == seen  # what is said of a story is no change of its text
    assert_chain_holds(before + CROWD)


def test_many_resend_the_same_mail(shared_database, world, ks):
    mail = world.mail(state="failed").id
    before = count(AuditEvent)
    answers = crowd(shared_database, [ks.id], f"/utboks/{mail}/send")
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert_chain_holds(before + 1)
