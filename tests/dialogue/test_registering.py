"""Places and the line: who gets in, who waits, who moves up, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from pilot.accounts.models import Organisation
from pilot.accounts.models import Person as Row
from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.policy import OrganisationKind
from pilot.core.unit import unit_of_work
from pilot.dialogue import queries, service
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import RegistrationState
from pilot.dialogue.service import Who
from tests.support.dialogue import join, mails, standing
from tests.support.identity import ORDINARY
from tests.support.people import Person

R = RegistrationState


def person_of(app, world, name: str, vendor=None) -> Person:
    organisation = vendor or world.organisation(OrganisationKind.VENDOR)
    return Person(app, world.member(organisation, name=name, email=f"{name}@prove.example").id)


@pytest.fixture
def five(app, world) -> list[Person]:
    return [person_of(app, world, name) for name in ("anne", "bjorn", "cato", "dina", "erik")]


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


# --- refused, and nothing stored -----------------------------------------------------------------


def count() -> int:
    db.session.rollback()
    return len(list(db.session.scalars(select(DialogueRegistration.id))))


@pytest.mark.parametrize("code", ["cancelled", "registration_closed", "held", "begun"])
def test_a_session_that_is_closed_takes_nobody(code, host, five):
    session = host.at(code)
    with pytest.raises(Conflict) as refused:
        join(five[0], session)
    assert refused.value.message
    assert count() == 0


def test_a_draft_is_not_there_for_vendors(host, five):
    with pytest.raises(Missing):
        join(five[0], host.session(publish=False))
    with pytest.raises(Conflict, match="ikke publisert"):
        host.told(host.session(publish=False))


def test_twice_is_refused_whatever_the_letters_case(host, five):
    session = host.session()
    join(five[0], session)
    for who in ({}, {"name": "Anne", "address": "Anne@Prove.Example"}):
        with pytest.raises(Rejected, match="allerede påmeldt"):
            join(five[0], session, **who)
    assert count() == 1


def test_a_form_sent_twice_is_one_registration(host, five):
    session = host.session()
    made = {service.register(five[0].actor, session, Who(), form_key="a" * 32).id for _ in range(2)}
    assert len(made) == count() == len(mails()) == 1


@pytest.mark.parametrize(
    ("name", "address", "field"),
    [
        ("", "ola@prove.example", "name"),
        ("Ola", "ikke en adresse", "address"),
        ("O" * 121, "ola@prove.example", "name"),
        (f"Ola {ORDINARY}", "ola@prove.example", "name"),
        ("Ola", f"{ORDINARY}@prove.example", "address"),
        ("Ola", "o" * 250 + "@prove.example", "address"),
    ],
)
def test_a_name_or_address_that_will_not_do_is_refused_at_its_field(
    name, address, field, host, five
):
    session = host.session()
    with pytest.raises(Rejected) as refused:
        join(five[0], session, name=name or " ", address=address)
    assert refused.value.found[0][0] == field
    assert count() == 0


def test_only_vendors_register(host, municipality, nhn, steering, ks, stranger):
    session = host.session()
    for person in (municipality, nhn, steering, ks):
        with pytest.raises(Forbidden):
            join(person, session)
    with pytest.raises(Forbidden):
        service.register(stranger.actor, session, Who())


def test_another_vendors_registration_does_not_exist(host, five):
    session = host.session()
    made = join(five[0], session)
    for act in (
        lambda: service.cancel_registration(five[1].actor, made.id),
        lambda: service.change_registration(five[1].actor, made.id, Who("X", "x@prove.example")),
        lambda: queries.own_place(five[1].actor, made.id),
    ):
        with pytest.raises(Missing):
            act()


def test_the_same_address_for_another_vendor_tells_nothing_of_the_first(host, five):
    """To refuse it would tell the second vendor that the first has registered that person."""
    session = host.session()
    join(five[0], session)
    made = join(five[1], session, name="Anne", address="anne@prove.example")
    assert made.state is R.CONFIRMED
    assert made.person_id is None
    assert [p.name for p in queries.page(five[1].actor, session).own] == ["Anne"]


def test_a_person_with_two_vendors_is_told_of_their_own(app, world, host, five):
    other = world.organisation()
    world.membership(db.session.get_one(Row, five[0].id), other)
    session = host.session()
    join(five[0], session)
    with pytest.raises(Rejected, match="annen organisasjon"):
        join(Person(app, five[0].id, other.id), session)


def test_a_quota_counts_the_whole_group(app, world, host):
    head = world.organisation(OrganisationKind.VENDOR)
    sister = world.organisation(OrganisationKind.VENDOR, group_id=head.id)
    first, second = person_of(app, world, "hode", head), person_of(app, world, "soster", sister)
    alone = person_of(app, world, "alene")
    session = host.session(quota=2)
    join(first, session)
    join(second, session)
    with pytest.raises(Rejected, match="melde på 2"):
        join(first, session, name="Tredje", address="tredje@prove.example")
    join(alone, session)
    assert len(standing(session)) == 3


def test_a_vendor_that_is_none_is_refused(host, municipality):
    session = host.session()
    for organisation in (municipality.organisation_id, 2**40):
        with pytest.raises(Rejected, match="fra listen"):
            service.register_for(
                host.ks.actor,
                session,
                Who("Ola", "ola@prove.example"),
                organisation_id=organisation,
                behalf=Behalf(Channel.PHONE, datetime.now(UTC).date()),
            )
