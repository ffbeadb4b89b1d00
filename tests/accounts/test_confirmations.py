"""«Hvem har godkjent dette?»: a lead stands behind what the organisation sent."""

from datetime import date, timedelta

import pytest

from pilot.accounts import queries, service
from pilot.core import audit, clock
from pilot.core.errors import Forbidden, Rejected

SAID = {"name": "Kari Direktør", "role_title": "kommunedirektør", "on": date(2026, 1, 31)}


def test_a_lead_confirms_and_it_is_shown(municipality, neighbour):
    before = audit.verify().events
    service.confirm(municipality.actor, "thing", 7, **SAID)
    service.confirm(neighbour.actor, "thing", 7, **(SAID | {"name": "Per"}))
    found = queries.confirmations_of("thing", [7, 8])
    assert [(one.organisation, one.name) for one in found[7]] == [
        ("Oslo kommune", "Kari Direktør"),
        ("Stavanger kommune", "Per"),
    ]
    assert found[7][0].confirmed_by == municipality.actor.name
    assert 8 not in found
    assert queries.confirmations_of("other thing", [7]) == {}
    assert audit.verify().events == before + 2


def test_confirming_again_replaces(municipality, colleague):
    service.confirm(municipality.actor, "thing", 7, **SAID)
    service.confirm(municipality.actor, "thing", 7, **(SAID | {"name": "Ny"}))
    (one,) = queries.confirmations_of("thing", [7])[7]
    assert one.name == "Ny"


def test_a_member_does_not_confirm(colleague, steering, stranger):
    for person in (colleague, steering, stranger):
        with pytest.raises(Forbidden):
            service.confirm(person.actor, "thing", 7, **SAID)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"role_title": " "}, "role_title"),
        ({"on": clock.now().date() + timedelta(days=2)}, "confirmed_on"),
    ],
)
def test_what_is_missing_is_said(municipality, wrong, field):
    with pytest.raises(Rejected) as refusal:
        service.confirm(municipality.actor, "thing", 7, **(SAID | wrong))
    assert refusal.value.field == field
    assert queries.confirmations_of("thing", [7]) == {}


def test_the_page_asks_the_organisations_own_lead(municipality, ks):
    place = f"/organisasjoner/{municipality.organisation_id}"
    typed = {"name": "Kari Direktør", "role_title": "kommunedirektør"}
    wrong = municipality.submit(f"{place}/godkjent-av", **typed, confirmed_on="31. januar")
    assert wrong.status_code == 422
    assert "dag.måned.år" in wrong.text
    municipality.submit(f"{place}/godkjent-av", **typed, confirmed_on="2026-01-31")
    for reader in (municipality, ks):
        assert (
            "Godkjent av Kari Direktør, kommunedirektør, 31. januar 2026." in reader.get(place).text
        )
