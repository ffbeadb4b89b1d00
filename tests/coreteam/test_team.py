"""The core team: who may sit where, that nobody sits on another, and what a seat opens."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from pilot.core import audit
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Zone
from pilot.core.policy.zones import reach
from pilot.core.unit import unit_of_work
from pilot.coreteam import panels, queries, service
from pilot.coreteam.models import Appointment
from pilot.coreteam.rules import (
    AppointmentState,
    Period,
    SeatText,
    Side,
    fits,
    standing,
)
from tests.support.coreteam import seat, sits
from tests.support.decisions import action, day, decision
from tests.support.people import Person
from tests.support.told import standing as standing_of
from tests.support.told import told_to

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


# --- rules -----------------------------------------------------------------------------------


@given(st.sampled_from(OrganisationKind))
def test_every_kind_of_organisation_belongs_to_one_side(kind):
    assert sum(fits(side, kind) for side in Side) == 1


@given(days, st.none() | st.integers(0, 400), days)
def test_an_appointment_is_in_one_state(first, length, today):
    last = first + timedelta(days=length) if length is not None else None
    is_current = first <= today and (last is None or today <= last)
    assert (standing(first, last, today) is AppointmentState.CURRENT) == is_current


# --- seats -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"role": " "}, "role"),
        ({"role": "x" * 121}, "role"),
        ({"share": 101}, "share"),
        ({"share": -1}, "share"),
        ({"responsibility": "13097248022"}, "responsibility"),
    ],
)
def test_what_is_not_a_seat(ks, fields, at):
    text = SeatText(side=Side.OTHERS, **({"role": "Rolle"} | fields))
    with pytest.raises(Rejected) as refused:
        service.add_seat(ks.actor, text)
    assert refused.value.field == at


def test_a_seat_belongs_to_an_organisation_of_its_side(ks, world):
    vendor = world.organisation().id
    text = SeatText(side=Side.MUNICIPALITIES, role="Rolle", organisation_id=vendor)
    with pytest.raises(Rejected) as refused:
        service.add_seat(ks.actor, text)
    assert refused.value.field == "organisation"


def test_only_ks_manages_the_team(municipality, vendor, steering):
    for person in (municipality, vendor, steering):
        with pytest.raises(Forbidden):
            service.add_seat(person.actor, SeatText(side=Side.OTHERS, role="Rolle"))


def test_a_seat_told_by_mail_gives_a_receipt(ks, vendor):
    told = Behalf(Channel.MAIL, day(-3))
    text = SeatText(side=Side.VENDORS, role="Arkitekt", organisation_id=vendor.organisation_id)
    made = service.add_seat(ks.actor, text, behalf=told)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.template, mail.person_id) == ("coreteam/mail/registered", vendor.id)
    assert queries.seat(vendor.actor, made.id).behalf == told
    with pytest.raises(Rejected) as refused:
        service.add_seat(ks.actor, SeatText(side=Side.OTHERS, role="Rolle"), behalf=told)
    assert refused.value.field == "organisation"


def test_a_seat_with_someone_on_it_is_not_closed(ks, world):
    row, person = seat(), world.member(world.municipality())
    held = sits(row.id, person, day(-10))
    with pytest.raises(Conflict):
        service.close_seat(ks.actor, row.id)
    service.end_appointment(ks.actor, held.id, last_day=day(-1))
    service.close_seat(ks.actor, row.id)
    assert queries.team(ks.actor).seats == ()
    with pytest.raises(Conflict):
        sits(row.id, person)


# --- appointments ----------------------------------------------------------------------------


def test_a_period_does_not_end_before_it_begins(ks, world):
    row, person = seat(), world.member(world.municipality())
    with pytest.raises(Rejected) as refused:
        sits(row.id, person, day(5), day(4))
    assert refused.value.field == "ends_on"
    held = sits(row.id, person, day(5), day(5))
    with pytest.raises(Rejected) as refused:
        service.end_appointment(ks.actor, held.id, last_day=day(4))
    assert refused.value.field == "last_day"


@pytest.mark.parametrize(
    ("first", "last", "is_free"),
    [(-30, -21, True), (-30, -20, False), (0, 0, False), (20, None, False), (21, None, True)],
)
def test_two_never_sit_there_at_a_time(world, first, last, is_free):
    """Someone sits there from twenty days ago to twenty days ahead, both days with them."""
    row, oslo = seat(), world.municipality()
    sits(row.id, world.member(oslo), day(-20), day(20))
    end = None if last is None else day(last)
    if is_free:
        sits(row.id, world.member(oslo), day(first), end)
    else:
        with pytest.raises(Conflict):
            sits(row.id, world.member(oslo), day(first), end)
    sits(row.id, world.member(oslo), day(0), is_deputy=True)  # a deputy is not in the way


def test_a_later_member_is_not_run_into(ks, world):
    row, oslo = seat(), world.municipality()
    first = sits(row.id, world.member(oslo), day(-20), day(5))
    sits(row.id, world.member(oslo), day(6))
    with pytest.raises(Rejected):
        service.end_appointment(ks.actor, first.id, last_day=day(6))


def raw(row: int, person: int, first: date, last: date | None, organisation: int) -> Appointment:
    return Appointment(
        seat_id=row,
        person_id=person,
        organisation_id=organisation,
        starts_on=first,
        ends_on=last,
        created_at=audit.clock.now(),
    )


def test_the_database_refuses_it_too(world):
    """Whatever way it comes: the service is not the only guard."""
    row, oslo = seat().id, world.municipality()
    one, other = world.member(oslo).id, world.member(oslo).id
    world.keep(raw(row, one, day(0), day(9), oslo.id))
    with pytest.raises(Conflict, match="Noen har plassen"):
        world.keep(raw(row, other, day(9), None, oslo.id))
    later = world.keep(raw(row, other, day(10), None, oslo.id))
    with pytest.raises(Conflict), unit_of_work():
        db.session.execute(
            update(Appointment).where(Appointment.id == later.id).values(starts_on=day(9))
        )
    with pytest.raises(IntegrityError):
        world.keep(raw(seat().id, one, day(3), day(2), oslo.id))


def test_who_can_be_appointed(ks, world):
    stavanger = world.member(world.municipality("1103"))
    with pytest.raises(Rejected, match="Inviter personen først"):
        service.appoint(ks.actor, seat().id, "ukjent@prove.example", period=Period(day(0)))
    own = seat(organisation_id=world.municipality().id)
    for row in (own, seat(Side.VENDORS)):
        with pytest.raises(Rejected, match="hører ikke til"):
            sits(row.id, stavanger)


def test_the_appointed_is_told_once(ks, world):
    row, person = seat(), world.member(world.municipality())
    assert sits(row.id, person).id == sits(row.id, person).id
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.template, mail.person_id) == ("coreteam/mail/appointed", person.id)


# --- what a seat opens, and closes -----------------------------------------------------------


def test_a_seat_opens_the_core_teams_zone_while_it_lasts(app, world, vendor, ks, counted):
    person = Person(app, world.member(world.municipality()).id)
    secret = decision(zone=Zone.CORE_TEAM).ref
    assert person.get(f"/beslutninger/{secret}").status_code == 404
    email = db.session.scalar(select(OutboxMail.address))  # nobody has been told yet
    assert email is None
    row = seat()
    held = service.appoint(ks.actor, row.id, _address(person), period=Period(day(-2)))
    with counted() as sent:
        actor = person.actor
    assert len(sent) == 1
    assert actor.seats == {row.id}
    assert Zone.CORE_TEAM in reach(actor).whole
    assert person.get(f"/beslutninger/{secret}").status_code == 200
    service.end_appointment(ks.actor, held.id, last_day=day(-1))
    assert person.get(f"/beslutninger/{secret}").status_code == 404
    assert vendor.get(f"/beslutninger/{secret}").status_code == 404


def _address(person: Person) -> str:
    from pilot.accounts.models import Person as Row

    found = db.session.get_one(Row, person.id).email
    db.session.rollback()
    return found


def test_one_who_sits_for_a_vendor_is_no_public_party(app, world):
    """The guard follows the person: also where they act for a municipality."""
    vendor = world.organisation()
    row = world.member(world.municipality())
    world.membership(row, vendor)
    person = Person(app, row.id, world.municipality().id)
    sits(seat(Side.VENDORS).id, row)
    assert vendor.id in person.actor.vendor_ties
    assert Zone.PUBLIC_SIDE not in reach(person.actor).whole


# --- how far it has come ---------------------------------------------------------------------


def test_the_condition_follows_the_seats(world, app):
    assert standing_of("kjerneteam").state == "unresolved"
    kinds = {
        Side.KS: OrganisationKind.KS,
        Side.NATIONAL_PROVIDER: OrganisationKind.NATIONAL_PROVIDER,
        Side.MUNICIPALITIES: OrganisationKind.MUNICIPALITY,
    }
    for side, kind in kinds.items():
        sits(seat(side).id, world.member(world.seeded(kind)))
        assert standing_of("kjerneteam").state == "partly"
    sits(seat(Side.VENDORS).id, world.member(world.organisation()), day(1))
    assert standing_of("kjerneteam").state == "partly"  # from tomorrow
    sits(seat(Side.VENDORS).id, world.member(world.organisation()))
    assert standing_of("kjerneteam").state == "resolved"


def test_ks_is_told_of_what_is_vacant_or_ends(app, world, ks, municipality):
    row = seat()
    assert [str(need.why) for need in told_to(ks.actor, panels.NEEDS)] == ["Én plass er ledig."]
    sits(row.id, world.member(world.municipality()), day(-5), day(20))
    assert [str(need.why) for need in told_to(ks.actor, panels.NEEDS)] == [
        "Én går ut innen en måned."
    ]
    assert not told_to(municipality.actor, panels.NEEDS)
    assert action(ks.organisation_id, is_ks=True).ref == "O-1"
