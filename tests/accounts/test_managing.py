"""Managing people and organisations: roles, groups, closing, and the lead who must remain."""

import pytest
from sqlalchemy import select

from pilot.accounts import queries, service
from pilot.accounts.models import Membership, Organisation, Person
from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected
from pilot.core.policy import OrganisationKind, Programme, Role
from pilot.stories import service as stories
from tests.support.arrivals import Arrivals, token_to
from tests.support.people import Stranger


def part(person_id: int) -> int:
    wanted = select(Membership.id).where(Membership.person_id == person_id)
    return db.session.scalars(wanted).one()


# --- the last lead ---------------------------------------------------------------------------


def test_the_last_lead_at_ks_stays(ks, ks_member, world):
    for refused in (
        lambda: service.change_role(ks.actor, part(ks.id), role=Role.MEMBER),
        lambda: service.end_membership(ks.actor, part(ks.id)),
        lambda: service.close_account(ks.actor, ks.id),
    ):
        with pytest.raises(Rejected, match="siste lederen"):
            refused()
    page = ks.post(f"/folk/{ks.id}/steng")
    assert page.status_code == 422
    assert "siste lederen" in page.text
    service.change_role(ks.actor, part(ks_member.id), role=Role.LEAD)
    service.change_role(ks.actor, part(ks.id), role=Role.MEMBER)  # now there is another
    with pytest.raises(Forbidden):
        service.close_account(ks.actor, ks_member.id)


def test_a_closed_lead_and_one_with_a_vendor_do_not_count(ks, world):
    world.member(world.seeded(OrganisationKind.KS), Role.LEAD, is_active=False)
    torn = world.member(world.seeded(OrganisationKind.KS), Role.LEAD)
    world.membership(torn, world.organisation())
    with pytest.raises(Rejected, match="siste lederen"):
        service.end_membership(ks.actor, part(ks.id))


def test_the_last_lead_cannot_join_a_vendor_either(app, ks, world):
    email = db.session.get_one(Person, ks.id).email
    Arrivals(world, ks.actor).invitation(world.organisation().id, email=email)
    path = f"/invitasjon/{token_to(email)}"
    assert Stranger(app).submit(path).status_code == 422


# --- people ----------------------------------------------------------------------------------


def test_people_are_found_by_name_address_and_organisation(ks, world):
    world.member(world.municipality("1103"), name="Åse Ærlig", email="aase@prove.example")
    for q in ("åse", "ærlig", "AASE@prove", "stavanger åse"):
        assert [row.name for row in queries.people(ks.actor, q, 1).rows] == ["Åse Ærlig"], q
    assert queries.people(ks.actor, "finnes-ikke", 1).total == 0
    assert "Ingen treff" in ks.get("/folk?q=finnes-ikke").text


def test_people_sort_as_norwegian_does(ks, world):
    for name in ("Åse Sist", "Anna Først", "Øyvind Mellom"):
        world.person(name=name)
    names = [row.name for row in queries.people(ks.actor, "", 1).rows]
    assert [n for n in names if n.split()[-1] in ("Sist", "Først", "Mellom")] == [
        "Anna Først",
        "Øyvind Mellom",
        "Åse Sist",
    ]


def test_closing_an_account_and_opening_it(ks, neighbour):
    ks.submit(f"/folk/{neighbour.id}", to="/steng")
    assert neighbour.get("/oversikt").status_code == 302
    assert "Stengt" in ks.get(f"/folk/{neighbour.id}").text
    ks.submit(f"/folk/{neighbour.id}", to="/apne")
    assert neighbour.get("/oversikt").status_code == 302  # signs in anew
    assert db.session.get_one(Person, neighbour.id).is_active


def test_the_steering_group(ks, nhn):
    ks.submit(f"/folk/{nhn.id}", to="/inn")
    assert nhn.actor.programme == {Programme.STEERING_GROUP}
    service.give_programme_role(ks.actor, nhn.id, role=Programme.STEERING_GROUP)  # again: the same
    ks.submit(f"/folk/{nhn.id}", to="/ut")
    assert nhn.actor.programme == frozenset()


def test_a_lead_changes_roles_at_home_only(municipality, colleague, neighbour):
    service.change_role(municipality.actor, part(colleague.id), role=Role.LEAD)
    with pytest.raises(Missing):
        service.end_membership(municipality.actor, part(neighbour.id))
    municipality.submit(
        f"/organisasjoner/{municipality.organisation_id}", to=f"/{part(colleague.id)}/avslutt"
    )
    assert colleague.actor.organisation_id is None


def test_what_a_colleague_began_can_be_carried_on(world, municipality, colleague, tell):
    """Drafts and invitations are the organisation's: the one who left is not needed."""
    draft = stories.add_story(colleague.actor, world.text(title="Begynt av en som sluttet"))
    service.end_membership(municipality.actor, part(colleague.id))
    path = f"/historier/{draft.ref}/endre"
    assert municipality.get(path).status_code == 200
    page = municipality.get(f"/organisasjoner/{municipality.organisation_id}").text
    assert "kan kollegene fortsette der personen slapp" in page


# --- organisations ---------------------------------------------------------------------------


def test_all_kinds_but_the_registers_own_are_added(ks):
    fields = {"kind": "union_or_profession", "name": "Sykepleierne", "country": "NO"}
    answer = ks.submit("/organisasjoner/ny", **fields)
    assert "Fagforbund" in ks.follow(answer).text
    with pytest.raises(Rejected, match="registeret"):
        service.register_organisation(
            ks.actor, OrganisationKind.MUNICIPALITY, "Ny kommune", country=None, number=""
        )
    wrong = ks.submit("/organisasjoner/ny", **fields, number="974760674")
    assert wrong.status_code == 422
    assert "stemmer ikke" in wrong.text


def test_a_vendor_is_mapped_to_its_group_one_step_up(ks, world):
    head, one, two = (world.organisation(name=f"Konsern {n}") for n in "ABC")
    world.keep(one)
    page = f"/organisasjoner/{one.id}/endre"
    assert ks.submit(page, group_id=head.id).status_code == 302
    assert db.session.get_one(Organisation, one.id).group_id == head.id
    chain = ks.submit(f"/organisasjoner/{head.id}/endre", group_id=two.id)
    assert chain.status_code == 422
    assert "kan ikke ligge under et annet" in chain.text


def test_a_declared_group_asks_ks_to_map_it(ks, world):
    world.organisation(name="Bær AS", declared_group="Bærkonsernet")
    assert "Knytt leverandører til konsern" in ks.get("/oversikt").text
    found = ks.get("/organisasjoner?vis=konsern-mangler").text
    assert "Oppgitt: Bærkonsernet" in found
    assert "Oslo kommune" not in found


def test_two_edit_at_once_and_nothing_is_lost(ks, world):
    firm = world.organisation(name="Før AS")
    page = f"/organisasjoner/{firm.id}/endre"
    form = ks.get(page)
    assert form.status_code == 200
    assert ks.submit(page, name="Etter AS").status_code == 302
    clash = ks.post(page, name="Min AS", country="NO", number="", group_id="", revision="1")
    assert clash.status_code == 409
    assert "Etter AS" in clash.text
    assert 'value="Min AS"' in clash.text


def test_the_register_is_not_edited_here(ks, world):
    answer = ks.post(f"/organisasjoner/{world.municipality().id}/endre", name="x", revision="1")
    assert answer.status_code == 422


def test_vendors_do_not_see_each_other(vendor, other_vendor):
    assert vendor.get(f"/organisasjoner/{vendor.organisation_id}").status_code == 200
    assert vendor.get(f"/organisasjoner/{other_vendor.organisation_id}").status_code == 404
