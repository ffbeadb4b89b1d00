"""Foundation documents; open to everyone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from pilot.catalogue.models import FoundationDocument, Recommendation
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import (
    DocumentText,
    document_number,
    document_ref,
    recommendation_ref,
)
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require


@dataclass(frozen=True, slots=True)
class DocumentRow:
    ref: str
    title: str
    owner: str
    dated_on: date | None
    recommendations: int


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    document: int  # its number
    number: int
    text: str
    is_current: bool

    @property
    def ref(self) -> str:
        return recommendation_ref(self.document, self.number)

    @property
    def of(self) -> str:
        return document_ref(self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    id: int
    ref: str
    title: str
    owner: str
    dated_on: date | None
    address: str
    description: str
    revision: int
    changed_at: datetime
    recommendations: tuple[RecommendationRow, ...]

    @property
    def text(self) -> DocumentText:
        """What the form starts from."""
        return DocumentText(
            title=self.title,
            owner=self.owner,
            dated_on=self.dated_on,
            address=self.address,
            description=self.description,
            recommendations=tuple((r.number, r.text) for r in self.recommendations if r.is_current),
        )


def documents(_actor: Actor, number: int) -> Page[DocumentRow]:
    """A page of all, by number."""
    total = db.session.scalar(select(func.count()).select_from(FoundationDocument)) or 0
    number = within(number, total)
    current = select(func.count()).where(
        Recommendation.document_id == FoundationDocument.id, Recommendation.is_current
    )
    rows = db.session.execute(
        select(
            FoundationDocument.number,
            FoundationDocument.title,
            FoundationDocument.owner,
            FoundationDocument.dated_on,
            current.correlate(FoundationDocument).scalar_subquery(),
        )
        .order_by(FoundationDocument.number)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(DocumentRow(document_ref(n), *rest) for n, *rest in rows), number, total)


def visible_document(_actor: Actor, ref: str, *, for_update: bool = False) -> FoundationDocument:
    wanted = select(FoundationDocument).where(FoundationDocument.number == document_number(ref))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def document(actor: Actor, ref: str) -> DocumentPage:
    row = visible_document(actor, ref)
    parts = db.session.execute(
        select(Recommendation.number, Recommendation.text, Recommendation.is_current)
        .where(Recommendation.document_id == row.id)
        .order_by(Recommendation.number)
    )
    return DocumentPage(
        id=row.id,
        ref=document_ref(row.number),
        title=row.title,
        owner=row.owner,
        dated_on=row.dated_on,
        address=row.address,
        description=row.description,
        revision=row.revision,
        changed_at=row.changed_at,
        recommendations=tuple(RecommendationRow(row.number, *part) for part in parts),
    )


def document_to_edit(actor: Actor, ref: str) -> DocumentPage:
    """The same, for those who may change it."""
    found = document(actor, ref)
    require(actor, CataloguePermission.DOCUMENT_EDIT)
    return found
