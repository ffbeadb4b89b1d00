"""What a search of the whole site looks through in the catalogue; all of it is open to everyone."""

from typing import Any

from sqlalchemy import ColumnElement, Select

from pilot.catalogue.models import FoundationDocument, InformationService, NationalSolution
from pilot.core.finding import findable, lines
from pilot.core.search import holds, whole_terms


def solution_lines() -> Select[Any]:
    """All solutions by name; there are few of them."""
    one = NationalSolution
    found = findable(one.key, one.name).where(one.is_active)
    return lines(found, one.sort_key, order=(one.sort_key,), begins=False)


def service_lines() -> Select[Any]:
    one = InformationService
    return lines(
        findable(one.key, one.name), one.sort_key, order=(one.sort_key, one.id), begins=False
    )


def document_lines() -> Select[Any]:
    """The foundation documents by number."""
    one = FoundationDocument
    return lines(findable(one.number, one.title), one.sort_key, order=(one.number,), begins=False)


def named(query: str) -> list[ColumnElement[bool]]:
    """That the name of a service holds every word; none where there is no word."""
    column = InformationService.sort_key.expression
    return [holds(column, term) for term in whole_terms(query)]
