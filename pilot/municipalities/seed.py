"""The register from the shipped files; and the demo's invented municipalities."""

import csv
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from pilot.core.db import Base, db
from pilot.core.text import sort_key
from pilot.core.unit import unit_of_work
from pilot.core.words import DATA
from pilot.municipalities.models import County, HospitalTrust, Municipality
from pilot.municipalities.rules import NAMES_APART, LanguageForm, search_key

SOURCED = "kilde"
INVENTED_COUNTY = "99"
INVENTED = (("9901", "Eksempelvik", 6_200), ("9902", "Prøvedal", 31_400))

Values = dict[str, Any]


def reference(_password_hash: str) -> int:
    """Counties, hospital trusts and the 357 municipalities: adds the missing, mends the changed."""
    with unit_of_work():
        return (
            _bring_up_to_date(County, "number", map(_county, _file("counties.csv")))
            + _bring_up_to_date(HospitalTrust, "key", map(_trust, _file("hospital_trusts.csv")))
            + _bring_up_to_date(Municipality, "number", _municipalities())
        )


def invented(_password_hash: str) -> int:
    """Municipalities that do not exist, so that no real one gets an invented assessment."""
    with unit_of_work():
        county = _county(
            {"number": INVENTED_COUNTY, "name": "Oppdiktet fylke", "name_official": ""}
            | {"health_region": "Helse Sør-Øst"}
        )
        _bring_up_to_date(County, "number", [county | {"is_invented": True}])
        return _bring_up_to_date(Municipality, "number", map(_invented, INVENTED))


def _file(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _bring_up_to_date(model: type[Base], key: str, wanted: Any) -> int:
    """Add the rows that are missing, change those that differ; answers how many were added."""
    rows = {getattr(row, key): row for row in db.session.scalars(select(model))}
    added = 0
    for values in wanted:
        row = rows.get(values[key])
        if row is None:
            db.session.add(model(**values))
            added += 1
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    db.session.flush()
    return added


def _county(line: Mapping[str, str]) -> Values:
    return {
        "number": line["number"],
        "name": line["name"],
        "name_official": line["name_official"] or line["name"],
        "sort_key": sort_key(line["name"]),
        "health_region": line["health_region"],
    }


def _trust(line: Mapping[str, str]) -> Values:
    return {
        "key": line["key"],
        "name": line["name"],
        "sort_key": sort_key(line["name"]),
        "health_authority": line["regional_health_authority"],
        "community_name": line["helsefellesskap_name"],
        "is_sourced": line["basis"] == SOURCED,
        "community_is_sourced": line["helsefellesskap_basis"] == SOURCED,
        "org_number": line["org_number"] or None,
        "note": line["note"],
    }


def _municipalities() -> Iterator[Values]:
    trusts = {t["municipality_number"]: t for t in _file("municipality_hospital_trust.csv")}
    counties = {c["number"]: c["name_official"] for c in _file("counties.csv")}
    for line in _file("municipalities.csv"):
        trust = trusts[line["number"]]
        other = line["official_names_other"].replace(";", NAMES_APART)
        yield _facts(line) | {
            "other_names": other,
            "search_key": search_key(
                line["number"], line["name_unique"], other, counties[line["county_number"]]
            ),
            "hospital_trust_key": trust["hospital_trust_key"],
            "hospital_trust_is_sourced": trust["basis"] == SOURCED,
            "hospital_trust_note": trust["note"],
        }


def _facts(line: Mapping[str, str]) -> Values:
    return {
        "number": line["number"],
        "name": line["name"],
        "name_unique": line["name_unique"],
        "name_official": line["name_official"],
        "sort_key": sort_key(line["name_unique"]),
        "county_number": line["county_number"],
        "population": int(line["population"]),
        "population_year": int(line["population_year"]),
        "area_km2": float(line["area_km2"]),
        "language_form": _language_form(line["language_form"]),
        "centrality_class": int(line["centrality_class"]),
        "centrality_index": int(line["centrality_index"]),
        "health_region": line["health_region"],
        "org_number": line["org_number"] or None,
        "admin_center": line["admin_center"],
        "website": line["website"],
    }


def _language_form(word: str) -> LanguageForm:
    return LanguageForm(word.replace("å", "a").replace("ø", "o"))


def _invented(place: tuple[str, str, int]) -> Values:
    number, name, population = place
    return {
        "number": number,
        "name": name,
        "name_unique": name,
        "name_official": name,
        "other_names": "",
        "sort_key": sort_key(name),
        "search_key": search_key(number, name),
        "county_number": INVENTED_COUNTY,
        "population": population,
        "population_year": 2026,
        "area_km2": 412.0,
        "language_form": LanguageForm.NEUTRAL,
        "centrality_class": 4,
        "centrality_index": 700,
        "health_region": "Helse Sør-Øst",
        "hospital_trust_key": None,
        "hospital_trust_is_sourced": False,
        "hospital_trust_note": "",
        "org_number": None,
        "admin_center": name,
        "website": "",
        "is_invented": True,
    }
