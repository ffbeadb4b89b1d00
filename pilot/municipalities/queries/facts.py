"""The facts of one municipality, or of all that a list holds."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select

from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.municipalities.models import County, HospitalTrust, Municipality
from pilot.municipalities.queries.listing import REAL, matching, order_by
from pilot.municipalities.rules import (
    LanguageForm,
    LocalName,
    SizeClass,
    Wanted,
    local_names,
    size_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustOfPlace:
    """The hospital trust that answers for a municipality, and how sure that is."""

    key: str
    name: str
    is_sourced: bool
    note: str
    community_name: str
    community_is_sourced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityFacts:
    number: str
    name: str
    name_unique: str
    name_official: str
    other_names: tuple[LocalName, ...]
    county_number: str
    county: str
    population: int
    population_year: int
    size: SizeClass
    area_km2: float
    language_form: LanguageForm
    centrality_class: int
    centrality_index: int
    health_region: str
    org_number: str | None
    admin_center: str
    website: str
    is_invented: bool
    trust: TrustOfPlace | None


def municipality(number: str) -> MunicipalityFacts:
    """The facts of one; `Missing` when there is no such number."""
    row = db.session.execute(_all_facts().where(Municipality.number == number)).first()
    if row is None:
        raise Missing
    return _facts(row)


def _all_facts() -> Select[Any]:
    return (
        select(Municipality.__table__, County.name.label("county"))
        .add_columns(
            HospitalTrust.name.label("trust_name"),
            HospitalTrust.community_name,
            HospitalTrust.community_is_sourced,
        )
        .join(County, County.number == Municipality.county_number)
        .outerjoin(HospitalTrust, HospitalTrust.key == Municipality.hospital_trust_key)
    )


def _facts(row: Row[Any]) -> MunicipalityFacts:
    return MunicipalityFacts(
        number=row.number,
        name=row.name,
        name_unique=row.name_unique,
        name_official=row.name_official,
        other_names=local_names(row.other_names),
        county_number=row.county_number,
        county=row.county,
        population=row.population,
        population_year=row.population_year,
        size=size_of(row.population),
        area_km2=row.area_km2,
        language_form=row.language_form,
        centrality_class=row.centrality_class,
        centrality_index=row.centrality_index,
        health_region=row.health_region,
        org_number=row.org_number,
        admin_center=row.admin_center,
        website=row.website,
        is_invented=row.is_invented,
        trust=_trust_of(row),
    )


def _trust_of(row: Row[Any]) -> TrustOfPlace | None:
    if row.hospital_trust_key is None:
        return None
    return TrustOfPlace(
        key=row.hospital_trust_key,
        name=row.trust_name,
        is_sourced=row.hospital_trust_is_sourced,
        note=row.hospital_trust_note,
        community_name=row.community_name,
        community_is_sourced=row.community_is_sourced,
    )


def export(wanted: Wanted) -> tuple[MunicipalityFacts, ...]:
    """All that match, with every fact, for a file."""
    rows = db.session.execute(
        _all_facts().where(REAL, *matching(wanted)).order_by(*order_by(wanted.sort))
    )
    return tuple(map(_facts, rows))
