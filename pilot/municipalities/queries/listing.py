"""The list of municipalities: what matches, how many, and the choices of its filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select, union_all

from pilot.core.db import db
from pilot.core.pages import PAGE_SIZE, Page
from pilot.core.text import sort_key
from pilot.municipalities.models import County, Municipality
from pilot.municipalities.rules import (
    QUERY_MAX,
    REGIONS,
    SIZE_BOUNDS,
    LanguageForm,
    LocalName,
    SizeClass,
    Sort,
    Wanted,
    local_names,
    search_terms,
)

HITS_MOST = 5
REAL = Municipality.is_invented.is_(False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A municipality as a row of the list."""

    number: str
    name: str
    other_names: tuple[LocalName, ...]
    county: str
    health_region: str
    population: int
    centrality_class: int
    language_form: LanguageForm


@dataclass(frozen=True, slots=True)
class Place:
    """What the map, choices and the API need of each municipality."""

    number: str
    name: str
    name_unique: str
    county_number: str
    county: str
    population: int


@dataclass(frozen=True, slots=True)
class CountyChoice:
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the register fall in each choice of a filter, whatever else is chosen."""

    counties: tuple[CountyChoice, ...]
    by_code: dict[tuple[str, str], int]  # (filter, code) -> municipalities

    @property
    def total(self) -> int:
        return sum(n for (kind, _code), n in self.by_code.items() if kind == "fylke")


def page(wanted: Wanted, number: int) -> Page[Listed]:
    """A page of the list; a number beyond the end shows the last page."""
    found = matching(wanted)
    total = db.session.scalar(select(func.count()).select_from(Municipality).where(*found)) or 0
    number = min(max(number, 1), max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(
        select(
            Municipality.number,
            Municipality.name_unique,
            Municipality.other_names,
            County.name,
            Municipality.health_region,
            Municipality.population,
            Municipality.centrality_class,
            Municipality.language_form,
        )
        .join(County, County.number == Municipality.county_number)
        .where(*found)
        .order_by(*order_by(wanted.sort))
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    listed = (
        Listed(no, name, local_names(other), county, region, people, centrality, form)
        for no, name, other, county, region, people, centrality, form in rows
    )
    return Page(tuple(listed), number, total)


def matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [REAL, *_holding(wanted.query)]
    regions = [REGIONS[code] for code in wanted.regions]
    choices: tuple[tuple[ColumnElement[Any], Iterable[Any]], ...] = (
        (Municipality.county_number.expression, wanted.counties),
        (Municipality.health_region.expression, regions),
        (Municipality.centrality_class.expression, wanted.centrality),
        (Municipality.language_form.expression, wanted.forms),
        (_size(), wanted.sizes),
    )
    found += [column.in_(list(chosen)) for column, chosen in choices if chosen]
    return found


def _holding(query: str) -> list[ColumnElement[bool]]:
    terms = search_terms(query)
    return [Municipality.search_key.contains(term, autoescape=True) for term in terms]


def _size() -> ColumnElement[str]:
    bounds = [(top, size) for size, top in SIZE_BOUNDS.items() if top is not None]
    smaller = [(Municipality.population < top, str(size)) for top, size in bounds]
    return case(*smaller, else_=str(SizeClass.HUGE))


def order_by(sort: Sort) -> tuple[Any, ...]:
    if sort is Sort.NAME:
        return (Municipality.sort_key, Municipality.number)
    if sort is Sort.POPULATION:
        return (Municipality.population.desc(), Municipality.sort_key)
    return (County.sort_key, Municipality.sort_key, Municipality.number)


# --- choices ---------------------------------------------------------------------------------


def counts() -> Counts:
    """All choices of all filters with their counts, in one statement."""
    filters: dict[str, ColumnElement[Any]] = {
        "region": Municipality.health_region.expression,
        "sentralitet": cast(Municipality.centrality_class, String),
        "malform": cast(Municipality.language_form, String),
        "storrelse": _size(),
    }
    per_county = (
        select(literal("fylke"), County.number, County.name, County.sort_key, func.count())
        .join(Municipality, Municipality.county_number == County.number)
        .where(REAL)
        .group_by(County.number, County.name, County.sort_key)
    )
    others = (
        select(literal(name), column, literal(""), literal(""), func.count())
        .where(REAL)
        .group_by(column)
        for name, column in filters.items()
    )
    rows = db.session.execute(union_all(per_county, *others)).all()
    found = sorted((key, code, name) for kind, code, name, key, _n in rows if kind == "fylke")
    code_of = {name: code for code, name in REGIONS.items()}
    return Counts(
        tuple(CountyChoice(code, name) for _key, code, name in found),
        {(kind, code_of.get(code, code)): n for kind, code, _name, _key, n in rows},
    )


def counties() -> tuple[CountyChoice, ...]:
    rows = db.session.execute(
        select(County.number, County.name)
        .where(County.is_invented.is_(False))
        .order_by(County.sort_key)
    )
    return tuple(CountyChoice(*row) for row in rows)


def names() -> tuple[Place, ...]:
    """Every municipality of the register, by county and name, in one statement."""
    rows = db.session.execute(
        select(
            Municipality.number,
            Municipality.name,
            Municipality.name_unique,
            Municipality.county_number,
            County.name,
            Municipality.population,
        )
        .join(County, County.number == Municipality.county_number)
        .where(REAL)
        .order_by(*order_by(Sort.COUNTY))
    )
    return tuple(Place(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Found:
    """A municipality that a search of the whole site found."""

    number: str
    name: str
    county: str


def hits(query: str) -> tuple[Found, ...]:
    """The first few that hold every term; names that begin with the search come first."""
    holding = _holding(query)
    if not holding:
        return ()
    begins = Municipality.sort_key.startswith(sort_key(query[:QUERY_MAX]), autoescape=True)
    rows = db.session.execute(
        select(Municipality.number, Municipality.name_unique, County.name)
        .join(County, County.number == Municipality.county_number)
        .where(REAL, *holding)
        .order_by(case((begins, 0), else_=1), Municipality.sort_key)
        .limit(HITS_MOST)
    )
    return tuple(Found(*row) for row in rows)
