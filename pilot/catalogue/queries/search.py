"""What a search of the whole site finds in the catalogue."""

from dataclasses import dataclass

from sqlalchemy import literal, select, union_all

from pilot.catalogue.models import InformationService, NationalSolution
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.text import sort_key

QUERY_MAX = 100
TERMS_MAX = 8
HITS_MOST = 5


@dataclass(frozen=True, slots=True)
class Found:
    is_service: bool
    key: str
    name: str


def hits(_actor: Actor, query: str) -> tuple[Found, ...]:
    """The first few solutions and services whose name holds every word, in one statement."""
    terms = sort_key(query[:QUERY_MAX]).split()[:TERMS_MAX]
    if not terms:
        return ()
    solutions = select(literal(0), NationalSolution.key, NationalSolution.name).where(
        NationalSolution.is_active,
        *(NationalSolution.sort_key.contains(term, autoescape=True) for term in terms),
    )
    services = select(literal(1), InformationService.key, InformationService.name).where(
        *(InformationService.sort_key.contains(term, autoescape=True) for term in terms),
    )
    rows = db.session.execute(union_all(solutions, services).order_by("key").limit(HITS_MOST))
    return tuple(Found(bool(kind), key, name) for kind, key, name in rows)
