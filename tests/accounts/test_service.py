"""What changes accounts: who may, what is refused, what is recorded."""

import pytest
from sqlalchemy import select

from pilot.accounts import queries, service
from pilot.accounts.models import ApiToken, Membership, Person
from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind, Role

SYSTEM = Actor.system()


@pytest.mark.parametrize("who", ["ks_member", "municipality", "vendor", "nhn", "steering"])
def test_only_a_lead_at_ks_manages_people(request, who):
    actor = request.getfixturevalue(who).actor
    with pytest.raises(Forbidden):
        service.add_person(actor, "ny@prove.example", "Ny")
    with pytest.raises(Forbidden):
        service.add_organisation(actor, OrganisationKind.VENDOR, "Ny")
    with pytest.raises(Forbidden):
        service.add_membership(actor, 1, organisation_id=1, role=Role.LEAD)
    with pytest.raises(Forbidden):
        service.set_password(actor, 1, password_hash="x")


def test_a_lead_adds_a_person_and_it_is_recorded(ks):
    before = audit.verify().events
    person = service.add_person(ks.actor, " Ny.Person@Prove.Example ", " Ny Person ")
    assert (person.email, person.name) == ("ny.person@prove.example", "Ny Person")
    assert audit.verify().events == before + 1


@pytest.mark.parametrize("address", ["", "x", "x@y", "a b@c.no", "a@b@c.no", "x" * 250 + "@a.no"])
def test_what_is_no_address_is_said_at_the_field(ks, address):
    with pytest.raises(Rejected) as refusal:
        service.add_person(ks.actor, address, "x")
    assert refusal.value.field == "email"


def test_an_address_belongs_to_one(ks, world):
    person = world.person()
    with pytest.raises(Rejected, match="i bruk"):
        service.add_person(ks.actor, person.email.upper(), "x")


def test_a_password_for_nobody(ks):
    with pytest.raises(Missing):
        service.set_password(ks.actor, 0, password_hash="x")


def test_only_the_system_makes_tokens_and_keeps_only_their_hash(ks, world):
    person = world.member(world.municipality())
    with pytest.raises(Forbidden):
        service.create_token(ks.actor, person.email)
    token = service.create_token(SYSTEM, person.email)
    stored = db.session.scalars(select(ApiToken.token_hash)).all()
    assert token not in stored
    assert queries.token_hash(token) in stored
    found = queries.actor_of_token(token)
    assert found is not None
    assert (found.person_id, found.municipality_number) == (person.id, "0301")
    assert queries.actor_of_token(token + "x") is None


def test_a_token_acts_for_the_organisation_it_was_made_for(world, two_hats):
    stavanger = world.municipality("1103")
    email = db.session.get_one(Person, two_hats.id).email
    token = service.create_token(SYSTEM, email, organisation_id=stavanger.id)
    found = queries.actor_of_token(token)
    assert found is not None
    assert found.municipality_number == "1103"
    with pytest.raises(Missing):
        service.create_token(SYSTEM, email, organisation_id=world.organisation().id)


def test_a_token_dies_with_the_membership(world):
    from pilot.core.unit import unit_of_work

    person = world.member(world.municipality())
    token = service.create_token(SYSTEM, person.email)
    with unit_of_work():
        db.session.delete(
            db.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
        )
    assert queries.actor_of_token(token) is None


def test_no_token_for_an_unknown_address(app):
    result = app.test_cli_runner().invoke(args=["pilot", "token", "create", "ukjent@x.example"])
    assert result.exit_code == 1
    assert "Fant ingen person" in result.output


def test_the_command_prints_address_tab_token(app, world):
    one, two = world.member(world.municipality()), world.member(world.municipality())
    result = app.test_cli_runner().invoke(args=["pilot", "token", "create", one.email, two.email])
    lines = [line.split("\t") for line in result.output.splitlines()]
    assert [address for address, _ in lines] == [one.email, two.email]
    assert all(queries.actor_of_token(token) for _, token in lines)


def test_the_first_lead_of_a_site(app, stranger):
    made = app.test_cli_runner().invoke(args=["pilot", "lead", "create", "sjef@ks.example"])
    assert made.exit_code == 0, made.output
    email, password = made.output.strip().split("\t")
    answer = stranger.submit("/logg-inn", to="/logg-inn", email=email, password=password)
    assert answer.status_code == 302
    again = app.test_cli_runner().invoke(args=["pilot", "lead", "create", "sjef@ks.example"])
    assert again.exit_code == 1


def test_the_acting_person_is_built_in_one_statement(counted, two_hats, world):
    world.programme_role(db.session.get_one(Person, two_hats.id))
    db.session.rollback()
    with counted() as sent:
        actor = queries.actor_of(two_hats.id, None, None)
    assert len(sent) == 1
    assert actor is not None
    assert len(actor.choices) == 2
    assert actor.programme == {"steering_group"}


def test_a_tie_to_a_vendor_follows_the_person(app, world):
    person = world.member(world.municipality())
    vendor = world.organisation(OrganisationKind.VENDOR)
    world.membership(person, vendor)
    actor = queries.actor_of(person.id, None, None)
    assert actor is not None
    assert actor.kind is OrganisationKind.MUNICIPALITY
    assert actor.vendor_ties == {vendor.id}
