"""The seeded register: complete, idempotent, and free of invented places."""

import pytest
from sqlalchemy import select

from pilot.core import finding
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.unit import unit_of_work
from pilot.municipalities import panels, queries, seed
from pilot.municipalities.models import Municipality
from pilot.municipalities.rules import POPULATION_YEAR, Wanted


def test_register_holds_357_municipalities_in_15_counties():
    assert len(queries.names()) == 357
    assert len(queries.counties()) == 15
    assert queries.page(Wanted(), 1).total == 357


def test_seeding_again_adds_nothing_and_mends_what_differs():
    with unit_of_work():
        oslo = db.session.scalars(select(Municipality).filter_by(number="0301")).one()
        oslo.population = 1
    assert seed.reference("") == 0
    assert queries.municipality("0301").population == 728_714


def test_invented_municipalities_are_found_by_number_only():
    assert seed.invented("") == 2
    assert seed.invented("") == 0
    assert queries.municipality("9901").is_invented
    assert len(queries.names()) == queries.page(Wanted(), 1).total == 357
    assert queries.page(Wanted(query="Eksempelvik"), 1).total == 0
    assert finding.hits(Actor(), panels.SEARCHES, "Eksempelvik", "nb") == ()
    assert len(queries.export(Wanted())) == 357
    assert "99" not in [county.number for county in queries.counties()]


def test_unknown_number_is_missing():
    with pytest.raises(Missing):
        queries.municipality("0000")


def test_facts_say_where_the_trust_is_not_certain():
    gulen = queries.municipality("4635")
    assert gulen.trust is not None
    assert not gulen.trust.is_sourced
    assert "Helse Førde" in gulen.trust.note


def test_two_municipalities_have_no_organisation_number():
    missing = [m.name for m in queries.export(Wanted()) if m.org_number is None]
    assert missing == ["Haram", "Ålesund"]


@pytest.mark.parametrize(
    ("query", "number"),
    [("1508", "1508"), ("ÅLESUND", "1508"), ("karasjohka", "5610"), ("Kárášjohka", "5610")],
)
def test_search_finds_by_number_name_and_other_names(query, number):
    assert [m.number for m in queries.page(Wanted(query=query), 1).rows] == [number]


def test_search_finds_by_county():
    assert queries.page(Wanted(query="finnmárku"), 1).total == 18


@pytest.mark.parametrize("query", ["%", "_", "\\", "{{", "' OR 1=1"])
def test_signs_of_sql_are_only_signs(query):
    assert queries.page(Wanted(query=query), 1).total == 0


def test_every_municipality_has_a_trust_that_exists():
    areas = {trust.key: trust.municipalities for trust in queries.trusts()}
    assert sum(areas.values()) == 357
    assert len(areas) == 21
    assert areas["lovisenberg"] == 0


def test_source_lines_name_the_years_of_the_data():
    assert {m.population_year for m in queries.export(Wanted())} == {POPULATION_YEAR}
