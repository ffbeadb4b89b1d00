"""Forty at once, from two processes: numbers without gaps, one decision per form, one winner."""

from collections import Counter
from functools import partial

from sqlalchemy import select

from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.policy import Actor
from pilot.decisions import service
from pilot.decisions.models import Entry
from pilot.decisions.rules import EntryKind, EntryState
from tests.support.decisions import action, decision, text
from tests.support.race import race

CROWD = 40


def record(number: int) -> str:
    kind = EntryKind.DECISION
    return service.record(Actor.system(), kind, text(text=f"Sak {number}")).ref


def test_numbers_have_no_gaps(shared_database):
    refs = race(record, shared_database, threads=CROWD // 2)
    assert sorted(refs) == sorted(f"B-{n}" for n in range(1, CROWD + 1))
    assert audit.verify().fault is None


def replace(older: str, number: int) -> str:
    try:
        said = text(text=f"Ny {number}")
        service.record(Actor.system(), EntryKind.DECISION, said, supersedes=older)
    except Conflict:
        return "late"
    return "first"


def test_a_decision_is_replaced_once(shared_database):
    older = decision().ref
    db.session.remove()
    answers = race(partial(replace, older), shared_database, threads=CROWD // 2)
    assert Counter(answers) == {"first": 1, "late": CROWD - 1}
    db.session.rollback()
    refs = set(db.session.scalars(select(Entry.number)))
    assert refs == {1, 2}  # those who came late took no number


def move(entry_id: int, number: int) -> str:
    to = (EntryState.DONE, EntryState.CANCELLED)[number % 2]
    try:
        service.move_action(Actor.system(), entry_id, to=to, note="Fordi")
    except Conflict:
        return "late"
    return to


def test_one_finishes_while_another_drops_it(shared_database, world):
    entry = action(world.municipality().id).id
    db.session.remove()
    answers = Counter(race(partial(move, entry), shared_database, threads=CROWD // 2))
    assert answers.pop("late") == CROWD - 1
    db.session.rollback()
    assert list(answers) == [db.session.get_one(Entry, entry).state]
