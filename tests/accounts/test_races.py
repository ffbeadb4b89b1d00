"""Forty at once, from two processes: one use of a link, one last lead, one firm for a number."""

from collections import Counter
from contextvars import Context
from functools import partial
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select

from pilot.accounts import service
from pilot.accounts.models import (
    Confirmation,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    Person,
)
from pilot.accounts.rules import NumberKind
from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor, OrganisationKind, Role
from tests.support.arrivals import Arrivals
from tests.support.race import race

CROWD = 40
NUMBER = "974760673"
CONFIRMED = {"name": "Kari", "role_title": "direktør", "confirmed_on": "2026-01-31"}


@pytest.fixture
def come(shared_database, world, ks) -> Arrivals:
    return Arrivals(world, ks.actor)


def post(paths: list[str], people: list[int], fields: dict[str, str], number: int) -> int:
    """One of the crowd, in another process; a guest where nobody is named."""
    db.session.remove()
    client = current_app.test_client()
    if people:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = f"{people[number % len(people)]}.0"
    path = paths[number % len(paths)]
    typed = {name: value.format(n=number) for name, value in fields.items()}
    return Context().run(lambda: client.post(path, data=typed)).status_code


def crowd(
    database: str, paths: str | list[str], people: tuple[int, ...] = (), **fields: str
) -> Counter[int]:
    """Everyone posts at the same moment, `paths` by turns; `{n}` in a field is one's own number."""
    db.session.remove()
    many = [paths] if isinstance(paths, str) else paths
    answers = race(partial(post, many, list(people), fields), database, threads=CROWD // 2)
    assert len(answers) == CROWD
    assert audit.verify().fault is None
    return Counter(answers)


def count(model: Any, **filters: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(model.id)).filter_by(**filters)) or 0


def test_a_sign_in_link_lets_one_press_in(shared_database, come):
    token = come.sign_in_token()
    assert crowd(shared_database, f"/logg-inn/lenke/{token}") == {302: 1, 410: CROWD - 1}


def test_an_invitation_makes_one_person(shared_database, come):
    token = come.invitation_token(email="ny@prove.example")
    answers = crowd(shared_database, f"/invitasjon/{token}", name="Ny {n}")
    assert answers == {302: 1, 410: CROWD - 1}
    assert count(Person, email="ny@prove.example") == 1
    assert count(Invitation, state="accepted") == 1


def test_accepted_while_passed_on_is_one_of_the_two(shared_database, come):
    token = come.invitation_token(email="ny@prove.example")
    paths = [f"/invitasjon/{token}", f"/invitasjon/{token}/send-videre"]
    fields = {"name": "Ny", "email": "kollega@prove.example"}
    assert crowd(shared_database, paths, **fields) == {302: 1, 410: CROWD - 1}
    is_accepted = count(Invitation, state="accepted")
    assert is_accepted + count(OutboxMail, address="kollega@prove.example") == 1
    assert count(Person, email="ny@prove.example") == is_accepted


def test_two_leads_who_remove_each_other_leave_one(shared_database, world):
    """Forty, half of whom close the one's account and half the other's."""
    ks = world.seeded(OrganisationKind.KS)
    one, two = (world.member(ks, Role.LEAD).id for _ in range(2))
    paths = [f"/folk/{one}/steng", f"/folk/{two}/steng"]
    answers = crowd(shared_database, paths, (one, two, two, one))
    assert set(answers) <= {302, 403, 422}
    assert 302 in answers
    assert count(Person, id=one, is_active=True) + count(Person, id=two, is_active=True) == 1


def test_many_invite_the_same_address(shared_database, come, world, ks):
    place = world.municipality().id
    path = f"/organisasjoner/{place}/inviter"
    crowd(shared_database, path, (ks.id,), email="ny@prove.example", role="member")
    assert count(Invitation, address="ny@prove.example") == 1
    assert count(OutboxMail, address="ny@prove.example") == 1


def test_many_firms_with_one_number_become_one(shared_database, come):
    """Forty people confirm at once: one firm, and thirty-nine who ask to join it."""
    typed = {"kind": NumberKind.NORWEGIAN, "number": NUMBER}
    tokens = [come.signup(f"nr-{n}@prove.example", **typed) for n in range(CROWD)]
    paths = [f"/leverandor/bekreft/{token}" for token in tokens]
    assert crowd(shared_database, paths) == {302: CROWD}
    assert count(Organisation, org_number=NUMBER, kind="vendor") == 1
    assert (count(Membership, role="lead"), count(JoinRequest)) == (2, CROWD - 1)  # KS' lead too


def test_many_ask_with_the_same_address(shared_database, come):
    fields = {"municipality": "1103", "name": "Ny", "role_title": "rådgiver"}
    ask = partial(ask_for_access, fields)
    assert set(race(ask, shared_database, threads=CROWD // 2)) <= {"asked", "Conflict"}
    assert count(JoinRequest) == 1


def ask_for_access(fields: dict[str, str], number: int) -> str:
    """By the command itself: the page brakes so many from one place."""
    db.session.remove()
    try:
        service.ask_for_access(Actor(), **fields, email="ny@prove.example", locale="nb")
    except Conflict:
        return "Conflict"
    return "asked"


def test_one_answer_to_a_request(shared_database, come, ks):
    asked = come.request("1103").id
    paths = [f"/foresporsler/{asked}/godkjenn", f"/foresporsler/{asked}/avsla"]
    answers = crowd(shared_database, paths, (ks.id,), role="member", reason="Fordi")
    assert answers == {302: 1, 409: CROWD - 1}
    assert count(OutboxMail) == 1


def test_many_confirm_the_same_thing(shared_database, municipality):
    place = municipality.organisation_id
    path = f"/organisasjoner/{place}/godkjent-av"
    answers = crowd(shared_database, path, (municipality.id,), **CONFIRMED)
    assert set(answers) <= {302, 409}
    assert count(Confirmation) == 1


def test_a_password_link_sets_one_password(shared_database, come):
    token = come.password_token()
    answers = crowd(shared_database, f"/nytt-passord/{token}", password="et langt passord {n}")
    assert answers == {302: 1, 410: CROWD - 1}
