"""Invitations: for whom, from whom, used once, passed on; never for another address."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pilot.accounts import queries, service
from pilot.accounts.models import Invitation, Membership, Person
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import OrganisationKind, Role
from pilot.municipalities.models import Municipality
from pilot.municipalities.rules import LanguageForm
from tests.support.arrivals import Arrivals, last_mail, token_to
from tests.support.identity import ORDINARY
from tests.support.people import Stranger

NEW = "ny@prove.example"


@pytest.fixture
def come(world, ks) -> Arrivals:
    return Arrivals(world, ks.actor)


def person(email: str) -> Person | None:
    db.session.rollback()
    return db.session.scalar(select(Person).where(Person.email == email))


def role_of(email: str, organisation_id: int) -> Role | None:
    wanted = select(Membership.role).join(Person).where(Person.email == email)
    return db.session.scalar(wanted.where(Membership.organisation_id == organisation_id))


def test_an_invitation_is_read_accepted_and_signs_in(stranger, ks, come, world):
    invitation = come.invitation(email=NEW, role=Role.LEAD)
    path = f"/invitasjon/{token_to(NEW)}"
    page = stranger.get(path).text
    for said in ("Oslo kommune", ks.actor.name, "Bli med", NEW, "Leder: kan godkjenne"):
        assert said in page
    assert person(NEW) is None  # looking makes nobody
    nameless = stranger.submit(path, name="")
    assert nameless.status_code == 422
    assert "Skriv navnet ditt" in nameless.text
    answer = stranger.submit(path, name="Ny Person")
    assert "Nå deltar du for Oslo kommune" in stranger.follow(answer).text
    assert role_of(NEW, invitation.organisation_id) is Role.LEAD
    again = Stranger(stranger.app).get(path)
    assert again.status_code == 410
    assert "Be om tilgang" in again.text


def test_passed_on_to_the_right_colleague(stranger, come, ks):
    first = come.invitation(email=NEW)
    path = f"/invitasjon/{token_to(NEW)}"
    stranger.submit(f"{path}/send-videre", email="kollega@prove.example")
    mail = last_mail("kollega@prove.example")
    assert mail.values["about"]["sender"] == NEW
    assert mail.person_id is None
    assert stranger.get(path).status_code == 410
    assert stranger.post(path, name="Likevel").status_code == 410
    second = f"/invitasjon/{token_to('kollega@prove.example')}"
    assert stranger.submit(second, name="Kollega").status_code == 302
    assert person("kollega@prove.example") is not None
    assert person(NEW) is None
    chain = db.session.scalars(select(Invitation).order_by(Invitation.id)).all()
    assert [one.passed_from_id for one in chain] == [None, first.id]
    assert chain[1].inviter_id == ks.id


def test_an_invitation_for_another_is_refused_and_stays_open(come, neighbour, stranger):
    come.invitation(email=NEW)
    path = f"/invitasjon/{token_to(NEW)}"
    refused = neighbour.submit(path, name="Nabo")
    assert refused.status_code == 422
    assert f"gjelder {NEW}, men du er logget inn som" in refused.text
    assert stranger.submit(path, name="Rett Person").status_code == 302


def test_an_expired_one_is_sent_again(stranger, come, monkeypatch, municipality):
    invitation = come.invitation(email=NEW)
    old = f"/invitasjon/{token_to(NEW)}"
    moment = clock.now() + timedelta(days=14, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert "har gått ut" in stranger.get(old).text
    page = municipality.get(f"/organisasjoner/{municipality.organisation_id}").text
    assert "Har gått ut" in page
    service.resend_invitation(municipality.actor, invitation.id)
    assert stranger.get(f"/invitasjon/{token_to(NEW)}").status_code == 200
    assert stranger.get(old).status_code == 410


def test_a_withdrawn_one_is_dead(stranger, come, ks):
    invitation = come.invitation(email=NEW)
    path = f"/invitasjon/{token_to(NEW)}"
    service.withdraw_invitation(ks.actor, invitation.id)
    assert stranger.get(path).status_code == 410
    assert stranger.post(path, name="x").status_code == 410
    assert ks.post(f"/invitasjoner/{invitation.id}/send-pa-nytt").status_code == 409


def test_the_same_form_twice_is_one_invitation_and_one_mail(ks, world):
    place = world.municipality().id
    fields = {"email": NEW, "role": "member", "note": "Hei"}
    for _ in range(2):
        assert ks.submit(f"/organisasjoner/{place}/inviter", **fields).status_code == 302
    assert len(db.session.scalars(select(Invitation)).all()) == 1
    assert len(db.session.scalars(select(OutboxMail)).all()) == 1


def test_one_who_is_here_gets_one_more_part(stranger, come, world, vendor):
    known = world.member(world.municipality("1103"), email=NEW, name="Kjent Person")
    come.invitation(email=NEW)
    path = f"/invitasjon/{token_to(NEW)}"
    assert 'name="name"' not in stranger.get(path).text
    assert stranger.submit(path).status_code == 302
    actor = queries.actor_of(known.id, None, None)
    assert actor is not None
    assert [one.name for one in actor.choices] == ["Stavanger kommune", "Oslo kommune"]


def test_a_lead_invites_to_the_own_organisation_only(municipality, colleague, neighbour, world):
    oslo, stavanger = world.municipality().id, world.municipality("1103").id
    service.invite(municipality.actor, oslo, email=NEW, role=Role.MEMBER)
    with pytest.raises(Forbidden):
        service.invite(municipality.actor, stavanger, email=NEW, role=Role.MEMBER)
    with pytest.raises(Forbidden):
        service.invite(colleague.actor, oslo, email=NEW, role=Role.MEMBER)
    found = db.session.scalars(select(Invitation)).one()
    with pytest.raises(Missing):
        service.withdraw_invitation(neighbour.actor, found.id)
    email = person_of(colleague.id)
    with pytest.raises(Rejected, match="allerede med"):
        service.invite(municipality.actor, oslo, email=email, role=Role.MEMBER)


def person_of(person_id: int) -> str:
    return db.session.get_one(Person, person_id).email


def test_it_is_written_in_the_language_of_the_receiver(ks, world):
    nynorsk = db.session.scalars(
        select(Municipality.number).where(Municipality.language_form == LanguageForm.NYNORSK)
    ).first()
    place = world.municipality(nynorsk)
    service.invite(ks.actor, place.id, email="nn@prove.example", role=Role.MEMBER)
    assert last_mail("nn@prove.example").locale == "nn"
    abroad = world.organisation(OrganisationKind.VENDOR, country="SE", org_number="5560160680")
    service.invite(ks.actor, abroad.id, email=NEW, role=Role.MEMBER)
    assert last_mail(NEW).locale == "en"


def test_identity_numbers_are_refused_in_the_note(ks, world):
    place = world.municipality().id
    answer = ks.submit(f"/organisasjoner/{place}/inviter", email=NEW, note=f"Om {ORDINARY}")
    assert answer.status_code == 422
    assert db.session.scalar(select(Invitation.id)) is None
