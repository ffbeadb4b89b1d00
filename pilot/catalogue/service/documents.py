"""Foundation documents and their numbered recommendations."""

from sqlalchemy import func, select

from pilot.catalogue import queries
from pilot.catalogue.models import FoundationDocument, Recommendation
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import NUMBER_TAKEN, DocumentText, document_faults
from pilot.catalogue.service.steps import Faulty, Stale
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.policy import Actor, require
from pilot.core.text import sort_key
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

CLASHES["uq_foundation_document_number"] = NUMBER_TAKEN
CLASHES["foundation_document.number"] = NUMBER_TAKEN  # as SQLite names it


@command
def add_document(actor: Actor, text: DocumentText) -> FoundationDocument:
    """Register a document under the next free number; everyone can read it from now on."""
    require(actor, CataloguePermission.DOCUMENT_EDIT)
    _refuse_faults(text)
    last = db.session.scalar(select(func.max(FoundationDocument.number))) or 0
    document = FoundationDocument(number=last + 1, created_at=clock.now(), revision=0)
    _write(document, text)
    db.session.add(document)
    db.session.flush()
    _number(document, text)
    audit.record(actor, "foundation document added", document)
    return document


@command
def edit_document(
    actor: Actor, ref: str, text: DocumentText, *, revision: int
) -> FoundationDocument:
    """Change a document; `Stale` when someone changed it after `revision`.

    A recommendation that is left out is marked as gone, never removed: others may point at it.
    """
    document = queries.visible_document(actor, ref, for_update=True)
    require(actor, CataloguePermission.DOCUMENT_EDIT, document)
    if document.revision != revision:
        raise Stale(say("Noen endret dokumentet mens du skrev."))
    _refuse_faults(text)
    _write(document, text)
    gone = _number(document, text)
    audit.record(actor, "foundation document changed", document, gone=gone)
    return document


def _refuse_faults(text: DocumentText) -> None:
    found = document_faults(text)
    if found:
        raise Faulty(found)


def _write(document: FoundationDocument, text: DocumentText) -> None:
    document.title, document.owner = text.title, text.owner
    document.sort_key = sort_key(text.title)
    document.dated_on, document.address = text.dated_on, text.address
    document.description = text.description
    document.changed_at = clock.now()
    document.revision += 1


def _number(document: FoundationDocument, text: DocumentText) -> list[int]:
    """Make the recommendations those given, by number; answers the numbers that went."""
    of_document = select(Recommendation).where(Recommendation.document_id == document.id)
    have = {row.number: row for row in db.session.scalars(of_document)}
    for number, words in text.recommendations:
        row = have.pop(number, None)
        if row is None:
            row = Recommendation(document_id=document.id, number=number)
            db.session.add(row)
        row.text, row.is_current = words, True
    gone = [number for number, row in have.items() if row.is_current]
    for row in have.values():
        row.is_current = False
    return sorted(gone)
