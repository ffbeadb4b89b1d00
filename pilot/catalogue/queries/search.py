"""What a search of the whole site finds in the catalogue."""

from sqlalchemy import ColumnElement, func, select

from pilot.catalogue.models import InformationService, NationalSolution
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.search import holds, whole_terms

HITS_MOST = 5
Named = tuple[tuple[str, str], ...]  # key and name of each


def solution_hits(_actor: Actor, query: str) -> Named:
    """All solutions whose name holds every word, by name; there are few of them."""
    asked = whole_terms(query)
    if not asked:
        return ()
    rows = db.session.execute(
        select(NationalSolution.key, NationalSolution.name)
        .where(NationalSolution.is_active)
        .where(*(holds(NationalSolution.sort_key.expression, term) for term in asked))
        .order_by(NationalSolution.sort_key)
    )
    return tuple((key, name) for key, name in rows)


def service_hits(_actor: Actor, query: str) -> tuple[Named, int]:
    """The first few services whose name holds every word, and how many there are."""
    asked = named(query)
    if not asked:
        return (), 0
    rows = db.session.execute(
        select(InformationService.key, InformationService.name, func.count().over())
        .where(*asked)
        .order_by(InformationService.sort_key)
        .limit(HITS_MOST)
    ).all()
    return tuple((key, name) for key, name, _ in rows), rows[0][2] if rows else 0


def named(query: str) -> list[ColumnElement[bool]]:
    """That the name of a service holds every word."""
    return [holds(InformationService.sort_key.expression, term) for term in whole_terms(query)]
