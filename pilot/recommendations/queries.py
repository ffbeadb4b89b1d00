"""Reading documents and input: nothing comes out that the actor may not know of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SelectBase,
    func,
    select,
)

from pilot.accounts.models import Organisation, Person
from pilot.core import clock
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, Zone, require
from pilot.core.policy.zones import clause, ours
from pilot.core.readers import TODAY
from pilot.core.registry import Subject, link
from pilot.core.tallies import first_of, grouped, number_of
from pilot.recommendations.models import Document, DocumentInput, DocumentVersion
from pilot.recommendations.permissions import DocumentPermission
from pilot.recommendations.rules import (
    DocumentState,
    DocumentText,
    Position,
    takes_input,
)


@dataclass(frozen=True)
class DocumentRow:
    id: int
    key: str
    title: str
    state: DocumentState
    zone: Zone
    version: int
    closes_on: date | None
    changed_at: datetime


@dataclass(frozen=True)
class VersionRow:
    number: int
    note: str
    created_at: datetime


@dataclass(frozen=True)
class InputRow:
    organisation: str
    person: str
    position: Position
    text: str
    version: int
    revision: int
    changed_at: datetime


@dataclass(frozen=True)
class DocumentPage:
    row: DocumentRow
    number: int  # of the version that is shown
    body: str
    body_html: str
    source_name: str
    source_url: str
    revision: int
    versions: tuple[VersionRow, ...]
    takes_input: bool

    @property
    def text(self) -> DocumentText:
        """What the form starts from."""
        return DocumentText(
            title=self.row.title,
            body=self.body,
            source_name=self.source_name,
            source_url=self.source_url,
        )


def today() -> date:
    return clock.now().astimezone(OSLO).date()


def _row(document: Document) -> DocumentRow:
    fields = ("id", "key", "title", "state", "zone", "version", "closes_on", "changed_at")
    return DocumentRow(**{name: getattr(document, name) for name in fields})


def listed(actor: Actor, page: int) -> Page[DocumentRow]:
    """A page of those the actor may see, by title."""
    total = db.session.scalar(select(func.count(Document.id)).where(clause(actor, Document))) or 0
    number = within(page, total)
    rows = db.session.scalars(
        select(Document)
        .where(clause(actor, Document))
        .order_by(Document.sort_key, Document.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(map(_row, rows)), number, total)


def page(actor: Actor, key: str, number: int | None = None) -> DocumentPage:
    """A document in its newest version, or in another that the actor may read."""
    document = visible(actor, key)
    rows = db.session.scalars(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id, *_readable(actor, document))
        .order_by(DocumentVersion.number.desc())
    ).all()
    shown = next((row for row in rows if number in (None, row.number)), None)
    if shown is None:
        raise Missing
    return DocumentPage(
        row=_row(document),
        number=shown.number,
        body=shown.body,
        body_html=shown.body_html,
        source_name=document.source_name,
        source_url=document.source_url,
        revision=document.revision,
        versions=tuple(VersionRow(row.number, row.note, row.created_at) for row in rows),
        takes_input=takes_input(document.state, document.closes_on, today()),
    )


def _readable(actor: Actor, document: Document) -> list[ColumnElement[bool]]:
    """Drafts stay with KS; what was newest when the consultation opened is the first that others
    read."""
    if actor.is_ks:
        return []
    opened = select(func.max(DocumentVersion.number)).where(
        DocumentVersion.document_id == document.id, ~DocumentVersion.is_open
    )
    return [DocumentVersion.number >= opened.scalar_subquery()]


def visible(actor: Actor, key: str, *, for_update: bool = False) -> Document:
    wanted = select(Document).where(Document.key == key, clause(actor, Document))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def document_of_form(actor: Actor, form_key: str | None) -> Document | None:
    """The document that this very form has made already, if it has."""
    if not form_key:
        return None
    return db.session.scalar(
        select(Document).where(Document.author_id == actor.person_id, Document.form_key == form_key)
    )


def newest_version(document_id: int) -> DocumentVersion:
    return db.session.scalars(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document_id)
        .order_by(DocumentVersion.number.desc())
        .limit(1)
    ).one()


# --- input -----------------------------------------------------------------------------------


def input_rows(actor: Actor, document_id: int) -> tuple[InputRow, ...]:
    """All input to a document, by organisation; for KS."""
    require(actor, DocumentPermission.INPUT_READ)
    return _inputs(actor, DocumentInput.document_id == document_id)


def own_input(actor: Actor, document_id: int) -> InputRow | None:
    """What the actor's organisation has said."""
    own = DocumentInput.organisation_id == (actor.organisation_id or 0)
    found = _inputs(actor, DocumentInput.document_id == document_id, own)
    return found[0] if found else None


def _inputs(actor: Actor, *conditions: ColumnElement[bool]) -> tuple[InputRow, ...]:
    rows = db.session.execute(
        select(DocumentInput, Organisation.name, Person.name)
        .join(Organisation, Organisation.id == DocumentInput.organisation_id)
        .outerjoin(Person, Person.id == DocumentInput.person_id)
        .where(clause(actor, DocumentInput), *conditions)
        .order_by(Organisation.sort_key, DocumentInput.id)
    )
    fields = ("position", "text", "version", "revision", "changed_at")
    return tuple(
        InputRow(organisation, person or "", **{name: getattr(one, name) for name in fields})
        for one, organisation, person in rows
    )


def stored_input(actor: Actor, document_id: int) -> DocumentInput | None:
    """The organisation's row, for the command that changes it."""
    return db.session.scalar(
        select(DocumentInput)
        .where(
            DocumentInput.document_id == document_id,
            DocumentInput.organisation_id == (actor.organisation_id or 0),
        )
        .with_for_update()
    )


# --- for others ------------------------------------------------------------------------------


def unanswered(actor: Actor) -> tuple[ScalarSelect[Any], ...]:
    """A number of the overview: documents that take input which the organisation has not given."""
    given = select(DocumentInput.document_id).where(DocumentInput.organisation_id == ours(actor))
    waits = (
        Document.state == DocumentState.CONSULTATION,
        Document.closes_on >= TODAY,
        Document.id.not_in(given),
    )
    return (number_of(Document.id, clause(actor, Document), *waits),)


def closed(actor: Actor) -> tuple[ScalarSelect[Any], ...]:
    """For KS: consultations whose last day is past, and the first of those days."""
    require(actor, DocumentPermission.INPUT_READ)
    is_over = (Document.state == DocumentState.CONSULTATION, Document.closes_on < TODAY)
    return number_of(Document.id, *is_over), first_of(Document.closes_on, *is_over)


def standing(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """Numbers of the overview: documents adopted, and those out on consultation."""
    states = (DocumentState.ADOPTED, DocumentState.CONSULTATION)
    return tuple(
        number_of(Document.id, clause(actor, Document), Document.state == state) for state in states
    )


def answers(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """For KS: how much input has come."""
    require(actor, DocumentPermission.INPUT_READ)
    return (number_of(DocumentInput.id),)


def by_state(actor: Actor) -> SelectBase:
    """How many documents stand in each state, of those the actor may see."""
    return grouped(Document.state, clause(actor, Document))


def document_lines(actor: Actor) -> Select[Any]:
    """The documents that a search of the whole site looks through, by title."""
    found = findable(Document.key, Document.title).where(clause(actor, Document))
    return lines(found, Document.search_text, order=(Document.sort_key, Document.id), begins=True)


def subjects(actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    """Documents as others point at them, in one statement."""
    wanted = select(Document.id, Document.title, Document.key)
    rows = db.session.execute(wanted.where(Document.id.in_(ids), clause(actor, Document)))
    return {
        row.id: Subject(title=row.title, link=link("recommendations.show", key=row.key), lang="nb")
        for row in rows
    }
