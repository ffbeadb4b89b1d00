"""The list of municipalities: what matches, in which order, and how many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from pilot.core.db import db
from pilot.core.finding import findable, first
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.search import Term, holds, names_something
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

REAL = Municipality.is_invented.is_(False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A municipality as a row of the list."""

    number: str
    name: str
    other_names: tuple[LocalName, ...]
    county: str
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


def _size() -> ColumnElement[str]:
    bounds = [(top, size) for size, top in SIZE_BOUNDS.items() if top is not None]
    smaller = [(Municipality.population < top, str(size)) for top, size in bounds]
    return case(*smaller, else_=str(SizeClass.HUGE))


SIZE = _size()
# Built once: what SQLAlchemy works out about a statement stays with it.
_ROWS = (
    select(
        Municipality.number,
        Municipality.name_unique,
        Municipality.other_names,
        County.name,
        Municipality.population,
        Municipality.centrality_class,
        Municipality.language_form,
    )
    .join(County, County.number == Municipality.county_number)
    .where(REAL)
)
_TOTAL = select(func.count()).select_from(Municipality).where(REAL)


_COUNTIES = (
    select(County.number, County.name)
    .where(County.is_invented.is_(False))
    .order_by(County.sort_key)
)


def page(wanted: Wanted, number: int) -> Page[Listed]:
    """A page of the list; a number beyond the end shows the last page."""
    found = matching(wanted)
    total = db.session.scalar(_TOTAL.where(*found)) or 0
    number = within(number, total)
    rows = db.session.execute(
        _ROWS.where(*found)
        .order_by(*order_by(wanted.sort))
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    listed = (
        Listed(no, name, local_names(other), county, people, centrality, form)
        for no, name, other, county, people, centrality, form in rows
    )
    return Page(tuple(listed), number, total)


def matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions of a search and its filters."""
    regions = [REGIONS[code] for code in wanted.regions]
    choices: tuple[tuple[ColumnElement[Any], Iterable[Any]], ...] = (
        (Municipality.county_number.expression, wanted.counties),
        (Municipality.health_region.expression, regions),
        (Municipality.centrality_class.expression, wanted.centrality),
        (Municipality.language_form.expression, wanted.forms),
        (SIZE, wanted.sizes),
    )
    chosen = [column.in_(list(values)) for column, values in choices if values]
    return [*_holding(wanted.query), *chosen]


def _holding(query: str) -> list[ColumnElement[bool]]:
    column = Municipality.search_key.expression
    return [holds(column, term) for term in search_terms(query)]


def order_by(sort: Sort) -> tuple[Any, ...]:
    if sort is Sort.NAME:
        return (Municipality.sort_key, Municipality.number)
    if sort is Sort.POPULATION:
        return (Municipality.population.desc(), Municipality.sort_key)
    return (County.sort_key, Municipality.sort_key, Municipality.number)


def counties() -> tuple[CountyChoice, ...]:
    """The counties of the register in Norwegian order."""
    return tuple(CountyChoice(*row) for row in db.session.execute(_COUNTIES))


def how_many() -> int:
    """The municipalities of the register; the demo's invented ones are not counted."""
    return db.session.scalar(select(func.count()).select_from(Municipality).where(REAL)) or 0


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


def numbers_of(called: Collection[str]) -> dict[str, str]:
    """The numbers of municipalities by what they are called, in any case. A name that several
    have is not answered: «Herøy» is in two counties, «Herøy (Nordland)» in one."""
    known = called_so(called)
    return {name: places[0].number for name, places in known.items() if len(places) == 1}


def called_so(called: Collection[str]) -> dict[str, list[Place]]:
    """The municipalities that are called each of these, in any case."""
    if not called:
        return {}
    found: dict[str, list[Place]] = {}
    for place in names():
        for name in {place.name.casefold(), place.name_unique.casefold()}:
            found.setdefault(name, []).append(place)
    return {name: found.get(name.casefold(), []) for name in called}


def hits(query: str) -> Select[Any] | None:
    """Those that hold every term, for the search of the whole site; names that begin with it come
    first."""
    if not names_something(query):
        return None
    key = sort_key(query[:QUERY_MAX])
    begins = Municipality.sort_key.startswith(key, autoescape=True)
    nearly = holds(literal(" ").concat(Municipality.sort_key), Term(f" {key}"))
    found = findable(Municipality.number, Municipality.name_unique).where(REAL, *_holding(query))
    return first(found, order=(case((begins, 0), (nearly, 1), else_=2), Municipality.sort_key))
