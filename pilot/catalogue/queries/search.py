"""What a search of the whole site finds in the catalogue; all of it is open to everyone."""

from typing import Any

from sqlalchemy import ColumnElement, Select

from pilot.catalogue.models import FoundationDocument, InformationService, NationalSolution
from pilot.core.finding import FEW, first
from pilot.core.search import holds, whole_terms


def solution_hits(query: str) -> Select[Any] | None:
    """All solutions whose name holds every word, by name; there are few of them."""
    asked = _held(NationalSolution.sort_key.expression, query)
    if not asked:
        return None
    return first(
        NationalSolution.key,
        NationalSolution.name,
        where=(NationalSolution.is_active, *asked),
        order=(NationalSolution.sort_key,),
        most=FEW,
    )


def service_hits(query: str) -> Select[Any] | None:
    """The first few services whose name holds every word."""
    asked = named(query)
    if not asked:
        return None
    return first(
        InformationService.key,
        InformationService.name,
        where=asked,
        order=(InformationService.sort_key, InformationService.id),
    )


def document_hits(query: str) -> Select[Any] | None:
    """Each foundation document whose title holds every word, by number."""
    asked = _held(FoundationDocument.sort_key.expression, query)
    if not asked:
        return None
    return first(
        FoundationDocument.number,
        FoundationDocument.title,
        where=asked,
        order=(FoundationDocument.number,),
        most=FEW,
    )


def named(query: str) -> list[ColumnElement[bool]] | None:
    """That the name of a service holds every word; none where there is no word."""
    return _held(InformationService.sort_key.expression, query)


def _held(column: ColumnElement[str], query: str) -> list[ColumnElement[bool]] | None:
    return [holds(column, term) for term in whole_terms(query)] or None
