"""Forty at once, from two processes: one person on a seat, whoever is first."""

from collections import Counter
from functools import partial

from sqlalchemy import func, select

from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor
from pilot.coreteam import service
from pilot.coreteam.models import Appointment
from pilot.coreteam.rules import Period
from tests.support.coreteam import seat
from tests.support.decisions import day
from tests.support.race import race

CROWD = 40


def appoint(seat_id: int, people: list[str], number: int) -> str:
    """Each with another person and another period; all of the periods share some days."""
    period = Period(day(-number), day(60 - number))
    try:
        service.appoint(Actor.system(), seat_id, people[number], period=period)
    except Conflict:
        return "taken"
    return "seated"


def test_one_is_seated(shared_database, world):
    oslo = world.municipality()
    people = [world.member(oslo).email for _ in range(CROWD)]
    seat_id = seat().id
    db.session.remove()
    task = partial(appoint, seat_id, people)
    said = race(task, shared_database, threads=CROWD // 2)
    assert Counter(said) == {"seated": 1, "taken": CROWD - 1}
    db.session.rollback()
    assert db.session.scalar(select(func.count(Appointment.id))) == 1
    assert db.session.scalar(select(func.count(OutboxMail.id))) == 1
    assert audit.verify().fault is None


def insert(seat_id: int, people: list[int], organisation: int, number: int) -> str:
    """Past the service: the row alone, as a script with a fault would write it."""
    from tests.coreteam.test_team import raw
    from tests.support.world import World

    try:
        World().keep(raw(seat_id, people[number], day(0), None, organisation))
    except Conflict:
        return "taken"
    return "seated"


def test_the_database_alone_seats_one(shared_database, world):
    oslo = world.municipality()
    people = [world.member(oslo).id for _ in range(CROWD)]
    seat_id = seat().id
    organisation = oslo.id
    db.session.remove()
    task = partial(insert, seat_id, people, organisation)
    said = race(task, shared_database, threads=CROWD // 2)
    assert Counter(said) == {"seated": 1, "taken": CROWD - 1}
