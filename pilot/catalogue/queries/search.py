"""What a search of the whole site finds in the catalogue."""

from dataclasses import dataclass

from sqlalchemy import String, cast, literal, select, union_all

from pilot.catalogue.models import FoundationDocument, InformationService, NationalSolution
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.text import sort_key

QUERY_MAX = 100
TERMS_MAX = 8
HITS_MOST = 5


@dataclass(frozen=True, slots=True)
class Found:
    kind: str  # "solution", "service" or "document"
    key: str
    name: str


def hits(_actor: Actor, query: str) -> tuple[Found, ...]:
    """The first few whose name holds every word, of every kind, in one statement."""
    terms = sort_key(query[:QUERY_MAX]).split()[:TERMS_MAX]
    if not terms:
        return ()
    solutions = select(literal("solution"), NationalSolution.key, NationalSolution.name).where(
        NationalSolution.is_active,
        *(NationalSolution.sort_key.contains(term, autoescape=True) for term in terms),
    )
    services = select(literal("service"), InformationService.key, InformationService.name).where(
        *(InformationService.sort_key.contains(term, autoescape=True) for term in terms),
    )
    number = cast(FoundationDocument.number, String)
    documents = select(literal("document"), number, FoundationDocument.title).where(
        *(FoundationDocument.sort_key.contains(term, autoescape=True) for term in terms),
    )
    every = union_all(solutions, services, documents).order_by("key").limit(HITS_MOST)
    return tuple(Found(kind, key, name) for kind, key, name in db.session.execute(every))
