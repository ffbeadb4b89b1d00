"""Who does not get a place, and what is told: nothing is stored."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from pilot.accounts.models import Person as Row
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.policy import OrganisationKind
from pilot.dialogue import queries, service
from pilot.dialogue.models import DialogueRegistration
from pilot.dialogue.rules import RegistrationState
from pilot.dialogue.service import Who
from tests.dialogue.conftest import person_of
from tests.support.dialogue import join, mails, standing
from tests.support.identity import ORDINARY
from tests.support.people import Person

R = RegistrationState


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
