"""Links by mail: what they open, once, and what they do not tell."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pilot.accounts import links, service
from pilot.accounts.models import OneTimeLink, OpenSession, Person
from pilot.core import clock
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor
from tests.support import pages
from tests.support.arrivals import Arrivals, last_mail, token_to
from tests.support.people import ELSEWHERE, Stranger
from tests.support.people import Person as Browser

EMAIL = "kari@prove.example"
SENT = "/sjekk-e-posten?hva=innlogging"


@pytest.fixture
def kari(world):
    return world.member(world.municipality(), email=EMAIL, name="Kari Prøve")


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def pass_by(**time: int) -> None:
        moment = clock.now() + timedelta(**time)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return pass_by


def ask(person: Stranger, email: str = EMAIL):
    return person.submit("/logg-inn", to="/logg-inn", email=email, link="1")


def mails() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(OutboxMail.id))) or 0


def is_in(person: Stranger) -> bool:
    return person.get("/oversikt").status_code == 200


def test_a_link_signs_one_in_by_a_button(stranger, kari):
    assert ask(stranger).headers["Location"] == SENT
    path = f"/logg-inn/lenke/{token_to(EMAIL)}"
    assert EMAIL in stranger.get(path).text
    assert EMAIL in stranger.get(path).text  # looking uses nothing up
    assert not is_in(stranger)
    assert stranger.submit(path).headers["Location"] == "/oversikt"
    assert is_in(stranger)


def test_a_link_works_once(app, stranger, kari):
    ask(stranger)
    path = f"/logg-inn/lenke/{token_to(EMAIL)}"
    stranger.submit(path)
    other = Stranger(app)
    again = other.get(path)
    assert (again.status_code, other.post(path).status_code) == (410, 410)
    assert "virker bare én gang" in again.text
    assert "Få en ny lenke" in again.text
    assert not is_in(other)


def test_a_link_ends_after_fifteen_minutes(stranger, kari, later):
    ask(stranger)
    path = f"/logg-inn/lenke/{token_to(EMAIL)}"
    later(minutes=15, seconds=1)
    assert stranger.get(path).status_code == 410
    assert stranger.post(path).status_code == 410
    assert "har gått ut" in stranger.get(path).text


def test_the_answer_does_not_tell_whether_the_address_is_known(stranger, app, kari):
    known, unknown = ask(stranger), ask(Stranger(app, ELSEWHERE), "ukjent@prove.example")
    assert (known.status_code, known.headers["Location"]) == (302, SENT)
    assert (unknown.status_code, unknown.headers["Location"]) == (302, SENT)
    assert mails() == 1
    assert db.session.scalar(select(func.count(OneTimeLink.id))) == 2  # the same work for both


def test_a_closed_account_gets_no_link_and_its_old_one_is_dead(stranger, ks, kari):
    ask(stranger)
    token = token_to(EMAIL)
    service.close_account(ks.actor, kari.id)
    assert stranger.get(f"/logg-inn/lenke/{token}").status_code == 410
    before = mails()
    ask(stranger)
    assert mails() == before


def test_neither_the_link_nor_the_token_lies_in_the_database(stranger, kari):
    ask(stranger)
    token, mail = token_to(EMAIL), last_mail(EMAIL)
    assert token not in f"{mail.values} {mail.note}"
    stored = db.session.scalars(select(OneTimeLink.token_hash)).all()
    assert token not in stored
    assert links.token_hash(token) in stored


def test_one_goes_on_to_where_one_was_going(stranger, kari):
    stranger.submit("/logg-inn?next=/historier?q=x", to="next=/historier?q=x", email=EMAIL, link=1)
    target = last_mail(EMAIL).values["about"]["target"]
    path = f"/logg-inn/lenke/{token_to(EMAIL)}?next={target}"
    assert stranger.submit(path).headers["Location"] == "/historier?q=x"
    evil = stranger.post("/logg-inn/lenke/x?next=//evil.example")
    assert evil.status_code == 404


def test_enter_in_the_password_field_signs_in_and_without_it_asks_for_a_link(stranger, kari):
    page = stranger.get("/logg-inn")
    (form,) = [f for f in pages.forms(page.text, "/logg-inn") if "email" in f.names]
    wrong = stranger.send(form, {"email": EMAIL, "password": "galt", "enter": "1"})
    assert wrong.status_code == 422
    link = stranger.send(form, {"email": EMAIL, "password": "", "enter": "1"})
    assert link.headers["Location"] == SENT


def test_asking_again_and_again_is_braked(app, kari):
    pest = Stranger(app)
    assert [ask(pest).status_code for _ in range(6)] == [302] * 5 + [429]
    assert ask(Stranger(app, ELSEWHERE)).status_code == 302  # the rightful person still can


def test_a_mailbox_is_not_flooded_from_many_places(app, kari):
    for n in range(30):
        Stranger(app, f"10.0.0.{n}").post("/logg-inn", email=EMAIL, link="1")
    assert mails() == 20


def test_a_link_of_another_kind_opens_nothing(stranger, world, ks):
    token = Arrivals(world, ks.actor).password_token()
    assert stranger.get(f"/logg-inn/lenke/{token}").status_code == 404
    assert stranger.post(f"/logg-inn/lenke/{token}").status_code == 404


# --- passwords -------------------------------------------------------------------------------


def test_a_new_password_by_link_ends_what_was_open(app, stranger, kari):
    there = Browser(app, kari.id)
    assert is_in(there)
    sent = stranger.submit("/glemt-passord", email=EMAIL)
    assert sent.headers["Location"] == "/sjekk-e-posten?hva=passord"
    path = f"/nytt-passord/{token_to(EMAIL)}"
    short = stranger.submit(path, password="kort")
    assert short.status_code == 422
    assert "12 til 200 tegn" in short.text
    assert stranger.submit(path, password="tre epler og ei pære").status_code == 302
    assert is_in(stranger)
    assert not is_in(there)
    assert Stranger(app).get(path).status_code == 410
    entered = Stranger(app).submit(
        "/logg-inn", to="/logg-inn", email=EMAIL, password="tre epler og ei pære"
    )
    assert entered.status_code == 302


# --- sessions --------------------------------------------------------------------------------


def signed_in(app, email: str = EMAIL) -> Stranger:
    someone = Stranger(app)
    ask(someone, email)
    someone.submit(f"/logg-inn/lenke/{token_to(email)}")
    return someone


def test_sign_out_everywhere(app, kari):
    one, other = signed_in(app), signed_in(app)
    service.send_sign_in_link(Actor(), EMAIL, locale="nb")
    token = token_to(EMAIL)  # a link that lies in the mailbox dies too
    one.submit("/min-side", to="/logg-ut-alle-steder")
    assert not is_in(one)
    assert not is_in(other)
    assert other.get(f"/logg-inn/lenke/{token}").status_code == 410


def test_ending_one_session_leaves_the_other(app, kari):
    one, other = signed_in(app), signed_in(app)
    first = db.session.scalars(select(OpenSession.id).order_by(OpenSession.id)).first()
    db.session.rollback()
    other.submit("/min-side", to=f"/{first}/avslutt")
    assert not is_in(one)
    assert is_in(other)
    assert "Her og nå" in other.get("/min-side").text


def test_sessions_are_ones_own(app, world, kari, vendor):
    signed_in(app)
    mine = db.session.scalars(select(OpenSession.id)).first()
    assert vendor.post(f"/min-side/innlogginger/{mine}/avslutt").status_code == 404
    assert db.session.scalar(select(func.count(OpenSession.id))) == 1
    assert db.session.get_one(Person, kari.id).session_epoch == 0
