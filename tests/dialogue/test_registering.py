"""Places and the line: who gets in, who waits, who moves up, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from pilot.accounts.models import Organisation
from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.unit import unit_of_work
from pilot.dialogue import queries, service
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import RegistrationState
from pilot.dialogue.service import Who
from tests.support.dialogue import join, mails, standing
from tests.support.people import Person

R = RegistrationState


# --- the line ------------------------------------------------------------------------------------


def test_places_go_to_the_first_and_the_rest_wait_in_their_order(host, five):
    session = host.session(capacity=2)
    made = [join(person, session) for person in five]
    assert [one.state for one in made] == [R.CONFIRMED] * 2 + [R.WAITLISTED] * 3
    assert [one.number for one in made] == [1, 2, 3, 4, 5]
    positions = [queries.own_place(p.actor, m.id).position for p, m in zip(five, made, strict=True)]
    assert positions == [None, None, 1, 2, 3]


def test_a_freed_place_goes_to_the_first_in_line_in_the_same_change(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five]
    service.cancel_registration(five[0].actor, made[0].id)
    assert standing(session) == [
        ("bjorn", "confirmed"),
        *((name, "waitlisted") for name in ("cato", "dina", "erik")),
    ]
    assert [mail.address for mail in mails("moved_up")] == ["bjorn@prove.example"]


def test_one_who_leaves_the_line_frees_no_place(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:3]]
    service.cancel_registration(five[1].actor, made[1].id)
    assert standing(session) == [("anne", "confirmed"), ("cato", "waitlisted")]
    assert not mails("moved_up")
    assert queries.own_place(five[2].actor, made[2].id).position == 1


def test_one_who_comes_back_stands_last(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:3]]
    service.cancel_registration(five[0].actor, made[0].id)
    again = join(five[0], session)
    assert again.id != made[0].id
    assert standing(session) == [
        ("bjorn", "confirmed"),
        ("cato", "waitlisted"),
        ("anne", "waitlisted"),
    ]


def test_cancelling_twice_is_cancelling_once(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:3]]
    for _ in range(2):
        service.cancel_registration(five[0].actor, made[0].id)
    assert len(mails("left")) == len(mails("moved_up")) == 1


def test_more_places_go_to_those_who_wait(host, five):
    session = host.session(capacity=1)
    for person in five:
        join(person, session)
    host.edit(session, capacity=3)
    assert [state for _, state in standing(session)] == ["confirmed"] * 3 + ["waitlisted"] * 2
    assert [mail.address.split("@")[0] for mail in mails("moved_up")] == ["bjorn", "cato"]
    assert not mails("changed")


def test_fewer_places_than_those_who_come_are_refused(host, five):
    session = host.session(capacity=3)
    for person in five:
        join(person, session)
    with pytest.raises(Rejected, match="er bekreftet") as refused:
        host.edit(session, capacity=2)
    assert refused.value.field == "capacity"
    assert host.row(session).capacity == 3
    assert [state for _, state in standing(session)] == ["confirmed"] * 3 + ["waitlisted"] * 2


def test_the_database_holds_the_last_word(host, five):
    """Whatever the code does, no more come than there are places."""
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:2]]
    waiting = made[1].id
    confirm = update(DialogueRegistration).where(DialogueRegistration.id == waiting)
    with pytest.raises(DBAPIError, match="is full"), unit_of_work():
        db.session.execute(confirm.values(state=R.CONFIRMED))
    host.set(session, capacity=2)
    service.cancel_registration(five[1].actor, waiting)
    join(five[1], session)
    shrink = update(DialogueSession).where(DialogueSession.id == session)
    with pytest.raises(DBAPIError, match="is full"), unit_of_work():
        db.session.execute(shrink.values(capacity=1))


def test_after_the_deadline_one_may_leave_and_the_next_moves_up(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:2]]
    host.set(session, registers_until=clock.now() - timedelta(minutes=1))
    with pytest.raises(Conflict, match="fristen er ute"):
        join(five[2], session)
    service.cancel_registration(five[0].actor, made[0].id)
    assert standing(session) == [("bjorn", "confirmed")]


def test_when_it_has_begun_nothing_moves(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:2]]
    host.move_to_past(session)
    with pytest.raises(Conflict, match="har begynt"):
        service.cancel_registration(five[0].actor, made[0].id)
    assert standing(session) == [("anne", "confirmed"), ("bjorn", "waitlisted")]


# --- colleagues ----------------------------------------------------------------------------------


def test_a_colleague_without_an_account_gets_a_place_and_mail(host, five):
    session = host.session()
    made = join(five[0], session, name="Mari Kollega", address="  MARI@prove.example ", locale="en")
    assert (made.person_id, made.address, made.locale) == (None, "mari@prove.example", "en")
    (mail,) = mails(address="mari@prove.example")
    assert (mail.person_id, mail.locale) == (None, "en")


def test_a_colleague_with_an_account_finds_it_as_their_own(app, world, host, five):
    vendor = five[0].organisation_id
    row = db.session.get_one(Organisation, vendor)
    colleague = world.member(row, name="Kari", email="kari@prove.example")
    session = host.session()
    join(five[0], session, name="Kari", address="kari@prove.example")
    page = queries.page(Person(app, colleague.id).actor, session)
    assert page.is_confirmed
    assert page.join_url


def test_a_place_is_handed_to_a_colleague_and_the_line_stands_still(host, five):
    session = host.session(capacity=1)
    made = [join(person, session) for person in five[:2]]
    before = made[1].calendar_uid
    changed = service.change_registration(
        five[1].actor, made[1].id, Who("Beate", "beate@prove.example")
    )
    assert (changed.state, changed.number) == (R.WAITLISTED, 2)
    assert changed.calendar_uid != before
    assert standing(session) == [("anne", "confirmed"), ("Beate", "waitlisted")]
    assert mails("left", "bjorn@prove.example")
    assert mails("waitlisted", "beate@prove.example")


def test_a_name_is_mended_without_mail(host, five):
    session = host.session()
    made = join(five[0], session)
    before = len(mails())
    service.change_registration(five[0].actor, made.id, Who("Anne Prøve", "anne@prove.example"))
    assert standing(session) == [("Anne Prøve", "confirmed")]
    assert len(mails()) == before


def test_ks_registers_for_a_vendor_that_gets_a_receipt(host, five):
    session = host.session()
    told = Behalf(Channel.MAIL, date(2026, 11, 12))
    service.register_for(
        host.ks.actor,
        session,
        Who("Per Telefon", "per@prove.example"),
        organisation_id=five[0].organisation_id,
        behalf=told,
    )
    own = queries.page(five[0].actor, session).own
    assert [(place.name, place.behalf) for place in own] == [("Per Telefon", told)]
    assert [mail.address for mail in mails("confirmed")] == ["per@prove.example"]
    (receipt,) = mails("receipt")
    assert receipt.address == "anne@prove.example"
    assert receipt.calendar is None
    assert "join_url" not in receipt.values
    service.cancel_registration(five[0].actor, own[0].id)  # and may correct it
    assert standing(session) == []
