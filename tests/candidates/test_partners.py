"""Partner municipalities: shown to everyone where they have agreed, contacts to few."""

import pytest

from pilot.candidates import queries, service
from pilot.candidates.models import PartnerMunicipality
from pilot.candidates.rules import Partner
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Forbidden, Missing, Rejected

AREA = "Krav til deling av opplysninger"


def partner(**fields):
    values = {
        "number": "0301",
        "area": AREA,
        "starts_on": clock.today(),
        "contact_name": "Inga Utkast",
        "contact_email": "inga@prove.example",
    }
    return Partner(**(values | fields))


def test_shown_only_if_it_has_agreed(ks, stranger, municipality, neighbour, vendor):
    made = service.add_partner(ks.actor, partner())
    for person in (stranger, vendor, neighbour):
        assert AREA not in person.get("/samarbeidskommuner").text
    for person in (ks, municipality):
        assert "Inga Utkast" in person.get("/samarbeidskommuner").text
    service.edit_partner(ks.actor, made.id, partner(is_public=True), revision=1)
    for person in (stranger, vendor, neighbour):
        text = person.get("/samarbeidskommuner").text
        assert AREA in text
        assert "Inga Utkast" not in text
        assert "inga@" not in text


def test_the_form(ks):
    answer = ks.submit("/samarbeidskommuner/ny", number="", area="", starts_on="2026-02-30")
    assert answer.status_code == 422
    assert "Skriv datoen som" in answer.text
    answer = ks.submit(
        "/samarbeidskommuner/ny",
        number="5501",
        area=AREA,
        starts_on="1.9.2026",
        ends_on="1.8.2026",
    )
    assert 'id="ends_on-feil"' in answer.text
    ks.follow(ks.submit("/samarbeidskommuner/ny", number="5501", area=AREA, starts_on="1.9.2026"))
    row = queries.partners(ks.actor, 1).rows[0]
    answer = ks.submit(f"/samarbeidskommuner/{row.id}/endre", area="Noe annet", is_public="y")
    assert "Noe annet" in ks.follow(answer).text
    assert queries.partner(ks.actor, row.id).partner.is_public


def test_two_edit_at_once(ks, ks_member):
    made = service.add_partner(ks.actor, partner())
    service.edit_partner(ks_member.actor, made.id, partner(area="Kollegaens"), revision=1)
    fields = {
        "number": "0301",
        "area": "Mitt område",
        "starts_on": str(clock.today()),
        "revision": "1",
    }
    answer = ks.post(f"/samarbeidskommuner/{made.id}/endre", fields)
    assert answer.status_code == 409
    assert "Kollegaens" in answer.text
    assert "Mitt område" in answer.text


def test_a_form_sent_twice_is_one(ks):
    first = service.add_partner(ks.actor, partner(), form_key="b" * 32)
    assert service.add_partner(ks.actor, partner(), form_key="b" * 32).id == first.id
    assert db.session.query(PartnerMunicipality).count() == 1


def test_only_ks_keeps_the_list(ks, municipality, neighbour, vendor):
    made = service.add_partner(ks.actor, partner())
    for person in (municipality, neighbour, vendor):
        with pytest.raises(Forbidden):
            service.add_partner(person.actor, partner())
    with pytest.raises(Forbidden):
        service.edit_partner(municipality.actor, made.id, partner(), revision=1)
    with pytest.raises(Missing):
        service.edit_partner(neighbour.actor, made.id, partner(), revision=1)
    with pytest.raises(Rejected):
        service.add_partner(ks.actor, partner(number="9999"))
