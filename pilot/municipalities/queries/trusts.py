"""Hospital trusts and the municipalities they answer for."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.municipalities.models import County, HospitalTrust, Municipality
from pilot.municipalities.queries.listing import REAL


@dataclass(frozen=True, slots=True)
class TrustRow:
    key: str
    name: str
    health_authority: str
    community_name: str
    is_sourced: bool
    community_is_sourced: bool
    municipalities: int
    population: int


@dataclass(frozen=True, slots=True)
class TrustPlace:
    """A municipality in a trust's area, and how sure that is."""

    number: str
    name: str
    county: str
    population: int
    is_sourced: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFacts:
    key: str
    name: str
    health_authority: str
    community_name: str
    is_sourced: bool
    community_is_sourced: bool
    org_number: str | None
    note: str
    places: tuple[TrustPlace, ...]

    @property
    def population(self) -> int:
        return sum(place.population for place in self.places)


def trusts() -> tuple[TrustRow, ...]:
    """All, by regional authority and name; those without a municipality of their own too."""
    area = (HospitalTrust.key == Municipality.hospital_trust_key) & REAL
    rows = db.session.execute(
        select(
            HospitalTrust.key,
            HospitalTrust.name,
            HospitalTrust.health_authority,
            HospitalTrust.community_name,
            HospitalTrust.is_sourced,
            HospitalTrust.community_is_sourced,
            func.count(Municipality.id),
            func.coalesce(func.sum(Municipality.population), 0),
        )
        .outerjoin(Municipality, area)
        .group_by(HospitalTrust.id)
        .order_by(HospitalTrust.health_authority, HospitalTrust.sort_key)
    )
    return tuple(TrustRow(*row) for row in rows)


def trust(key: str) -> TrustFacts:
    """One with its municipalities by name; `Missing` when there is no such key."""
    found = db.session.scalar(select(HospitalTrust).where(HospitalTrust.key == key))
    if found is None:
        raise Missing
    return TrustFacts(
        key=found.key,
        name=found.name,
        health_authority=found.health_authority,
        community_name=found.community_name,
        is_sourced=found.is_sourced,
        community_is_sourced=found.community_is_sourced,
        org_number=found.org_number,
        note=found.note,
        places=_places(key),
    )


def _places(key: str) -> tuple[TrustPlace, ...]:
    rows = db.session.execute(
        select(
            Municipality.number,
            Municipality.name_unique,
            County.name,
            Municipality.population,
            Municipality.hospital_trust_is_sourced,
            Municipality.hospital_trust_note,
        )
        .join(County, County.number == Municipality.county_number)
        .where(Municipality.hospital_trust_key == key, REAL)
        .order_by(Municipality.sort_key)
    )
    return tuple(TrustPlace(*row) for row in rows)


def trust_lines() -> Select[Any]:
    """The trusts by name, for the search of the whole site; there are few of them."""
    key = HospitalTrust.sort_key
    return lines(findable(HospitalTrust.key, HospitalTrust.name), key, order=(key,), begins=False)
