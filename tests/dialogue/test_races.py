"""The last places, asked for by many at once over HTTP: exact numbers, one unbroken line, no fault.

The site runs in two server processes, and so do those who ask.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from pilot.accounts import service as accounts
from pilot.accounts.models import Organisation
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import RegistrationState
from tests.support.databases import make_app
from tests.support.race import Call, race_over_http
from tests.support.site import Site
from tests.support.world import World

pytestmark = pytest.mark.timeout(300)
R = RegistrationState
CROWD, PLACES = 60, 10


@dataclass
class Hall:
    """A running site with sixty vendors, and what its database holds."""

    app: Flask
    site: Site
    tokens: list[str]
    ks: str

    def session(self, capacity: int) -> int:
        """Set by KS over the API."""
        starts_at = clock.now() + timedelta(days=14)
        body = {
            "title": "Siste plass",
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(hours=1)).isoformat(),
            "capacity": capacity,
            "publish": True,
        }
        ((status, made),) = race_over_http([self.call("POST", "", self.ks, body)], processes=1)
        assert status == 201, made
        return int(made["id"])

    def call(self, method: str, path: str, token: str, body: object = None) -> Call:
        return Call(method, f"{self.site.url}/api/v1/sessions{path}", token, body)

    def joins(self, session: int, tokens: list[str]) -> list[Call]:
        return [self.call("POST", f"/{session}/registrations", token) for token in tokens]

    def leaves(self, session: int, tokens: list[str]) -> list[Call]:
        path = f"/{session}/registrations/mine"
        return [self.call("DELETE", path, token) for token in tokens]

    def line(self, session: int) -> list[DialogueRegistration]:
        """Everyone, in the order they came."""
        db.session.rollback()
        rows = select(DialogueRegistration).where(DialogueRegistration.session_id == session)
        return list(db.session.scalars(rows.order_by(DialogueRegistration.number)))

    def mails(self, session: int, kind: str) -> list[str]:
        db.session.rollback()
        return [
            mail.address
            for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
            if mail.values.get("session") == session and mail.values["happened"] == kind
        ]

    def capacity(self, session: int) -> int:
        db.session.rollback()
        return db.session.get_one(DialogueSession, session).capacity


@pytest.fixture(scope="module")
def full_hall(site_of_two: Site) -> Iterator[Hall]:
    app = make_app(site_of_two.database)
    with app.app_context():
        world, tokens = World(), []
        ks = db.session.scalars(select(Organisation).filter_by(kind=OrganisationKind.KS)).first()
        lead = world.member(ks, Role.LEAD, email="hall@ks.example")
        for n in range(CROWD):
            email = f"person-{n}@firma-{n}.example"
            world.member(world.organisation(), Role.LEAD, name=f"Person {n}", email=email)
            tokens.append(accounts.create_token(Actor.system(), email))
        hall = Hall(app, site_of_two, tokens, accounts.create_token(Actor.system(), lead.email))
        db.session.remove()
    yield hall
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def hall(full_hall: Hall, rolled_back: None) -> Iterator[Hall]:
    """The same for all tests here: each sets a session of its own."""
    with full_hall.app.app_context():
        yield full_hall
        db.session.remove()


def assert_sound(hall: Hall, session: int) -> list[DialogueRegistration]:
    """The numbers are one unbroken order, and who comes came before those who wait."""
    rows = hall.line(session)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    active = [row.state for row in rows if row.state is not R.CANCELLED]
    assert active == sorted(active)  # confirmed before waitlisted
    assert audit.verify().fault is None
    assert "Traceback" not in hall.site.log
    return rows


def test_sixty_ask_for_ten_places_and_five_give_theirs_up(hall):
    session = hall.session(PLACES)
    answers = race_over_http(hall.joins(session, hall.tokens))
    assert Counter(status for status, _ in answers) == {201: CROWD}
    states = Counter(body["state"] for _, body in answers)
    assert states == {"confirmed": PLACES, "waitlisted": CROWD - PLACES}
    positions = sorted(body["position"] for _, body in answers if body["state"] == "waitlisted")
    assert positions == list(range(1, CROWD - PLACES + 1))
    rows = assert_sound(hall, session)
    waited = [row.address for row in rows if row.state is R.WAITLISTED]  # read before they leave
    assert len(hall.mails(session, "confirmed")) == PLACES
    assert len(hall.mails(session, "waitlisted")) == CROWD - PLACES

    come = [
        token
        for token, (_, body) in zip(hall.tokens, answers, strict=True)
        if body["state"] == "confirmed"
    ]
    left = race_over_http(hall.leaves(session, come[:5]))
    assert [status for status, _ in left] == [200] * 5
    assert sorted(hall.mails(session, "moved_up")) == sorted(waited[:5])
    after = assert_sound(hall, session)
    assert Counter(row.state for row in after) == {
        R.CONFIRMED: PLACES,
        R.WAITLISTED: CROWD - PLACES - 5,
        R.CANCELLED: 5,
    }
    assert len(hall.mails(session, "left")) == 5


def test_some_leave_while_others_come(hall):
    session = hall.session(PLACES)
    first, later = hall.tokens[:20], hall.tokens[20:]
    assert {status for status, _ in race_over_http(hall.joins(session, first))} == {201}
    answers = race_over_http(hall.joins(session, later) + hall.leaves(session, first))
    assert Counter(status for status, _ in answers) == {201: len(later), 200: len(first)}
    rows = assert_sound(hall, session)
    assert Counter(row.state for row in rows) == {
        R.CONFIRMED: PLACES,
        R.WAITLISTED: len(later) - PLACES,
        R.CANCELLED: len(first),
    }
    told = hall.mails(session, "confirmed") + hall.mails(session, "moved_up")
    assert len(told) == len(set(told))  # nobody is given a place twice


def test_one_person_asks_from_forty_windows(hall):
    session = hall.session(PLACES)
    answers = race_over_http(hall.joins(session, hall.tokens[:1] * 40))
    assert Counter(status for status, _ in answers) == {201: 1, 409: 39}
    assert len(hall.line(session)) == len(hall.mails(session, "confirmed")) == 1


def test_ks_adds_places_while_vendors_register(hall):
    """The page's form, since the API changes no session; whoever comes first, nobody is lost."""
    session = hall.session(PLACES)
    lead = hall.site.visitor("leder@ks.example")
    form = lead.form(f"/leverandordialog/okter/{session}/endre", to="endre")
    with_more = form.filled({"capacity": "25"})

    with ThreadPoolExecutor(1) as aside:
        edited = aside.submit(lead.post, form.action, with_more)
        answers = race_over_http(hall.joins(session, hall.tokens))
        assert edited.result().status_code == 302
    lead.close()
    assert {status for status, _ in answers} == {201}
    assert hall.capacity(session) == 25
    rows = assert_sound(hall, session)
    assert Counter(row.state for row in rows) == {R.CONFIRMED: 25, R.WAITLISTED: CROWD - 25}
    told = hall.mails(session, "confirmed") + hall.mails(session, "moved_up")
    assert len(told) == len(set(told)) == 25
