"""Everything that changes documents, and the input to them."""

from datetime import date

from sqlalchemy import select

from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.search import line_of
from pilot.core.text import clean, render_markdown, sort_key
from pilot.core.unit import CLASHES, command
from pilot.core.words import Message, say
from pilot.recommendations import queries
from pilot.recommendations.models import Document, DocumentInput, DocumentVersion
from pilot.recommendations.permissions import DocumentPermission
from pilot.recommendations.rules import (
    INPUT_MAX,
    SOURCES,
    WRITABLE,
    DocumentState,
    DocumentText,
    Position,
    faults,
    key_of,
    takes_input,
    tidy,
    too_long,
    zone_of,
)

TWICE = say("Skjemaet er allerede lagret.")
CLASHES["uq_document_author_id_form_key"] = TWICE
CLASHES["document.author_id, document.form_key"] = TWICE
MEANWHILE = say("En kollega sendte inn et innspill i samme øyeblikk. Last siden på nytt.")
CLASHES["uq_document_input_document_id_organisation_id"] = MEANWHILE
CLASHES["document_input.document_id, document_input.organisation_id"] = MEANWHILE
CLASHES["uq_document_key"] = CLASHES["document.key"] = say("Et annet dokument fikk samme adresse.")


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


@command
def add_document(actor: Actor, text: DocumentText, *, form_key: str | None = None) -> Document:
    """Begin a document, as KS' own draft. The same form sent twice is one document."""
    require(actor, DocumentPermission.WRITE)
    stored = queries.document_of_form(actor, form_key)
    if stored is not None:
        return stored
    text = _whole(text)
    document = Document(
        key=_free_key(text.title),
        state=DocumentState.DRAFT,
        zone=zone_of(DocumentState.DRAFT),
        organisation_id=actor.organisation_id,
        author_id=actor.person_id,
        form_key=form_key or None,
        version=0,
        revision=0,  # writing the text raises it
        created_at=clock.now(),
    )
    _write(document, text)
    db.session.add(document)
    db.session.flush()
    _freeze(actor, document, text)
    audit.record(actor, "document added", document, text=_said(text))
    return document


@command
def edit_document(actor: Actor, key: str, text: DocumentText, *, revision: int) -> Document:
    """Write a new version; `Stale` when someone changed it after `revision`.

    What is adopted stands as it was adopted.
    """
    document = queries.visible(actor, key, for_update=True)
    require(actor, DocumentPermission.WRITE, document)
    if document.revision != revision:
        raise Stale(say("Noen endret dokumentet mens du skrev."))
    if document.state not in WRITABLE:
        raise Conflict(say("Dokumentet er fastsatt og kan ikke endres. Lag et nytt."))
    text = _whole(text)
    _write(document, text)
    if text.body != queries.newest_version(document.id).body:
        _freeze(actor, document, text)
    audit.record(actor, "document changed", document, version=document.version, text=_said(text))
    return document


@command
def move_document(
    actor: Actor,
    key: str,
    *,
    to: DocumentState,
    closes_on: date | None = None,
    revision: int | None = None,
) -> Document:
    """Take a document on: to consultation with a last day for input, then adopted, superseded."""
    document = queries.visible(actor, key, for_update=True)
    require(actor, DocumentPermission.MOVE, document)
    if document.state is not SOURCES[to]:
        raise Conflict(say("Dokumentet har fått en annen status. Last siden på nytt for å se den."))
    if revision is not None and revision != document.revision:
        raise Stale(say("Noen endret dokumentet siden du åpnet siden. Se over det på nytt."))
    if to is DocumentState.CONSULTATION:
        document.closes_on = _last_day(closes_on)
    before, document.state = document.state, to
    document.zone = zone_of(to)
    document.changed_at = clock.now()
    document.revision += 1
    audit.record(actor, f"document {to}", document, before=before, after=to)
    return document


def _last_day(closes_on: date | None) -> date:
    if closes_on is None:
        raise Rejected(say("Skriv siste dag for innspill."), "closes_on")
    if closes_on < queries.today():
        raise Rejected(say("Siste dag for innspill kan ikke være før i dag."), "closes_on")
    return closes_on


@command
def give_input(
    actor: Actor, key: str, *, text: str, position: Position, revision: int | None
) -> DocumentInput:
    """What the organisation says; it may be changed until the last day for input.

    `revision` is that of the input the form was opened with, or None where there was none.
    """
    document = queries.visible(actor, key, for_update=True)
    require(actor, DocumentPermission.INPUT_GIVE, document)
    if not takes_input(document.state, document.closes_on, queries.today()):
        raise Conflict(say("Høringen er stengt. Innspillet er ikke lagret."))
    text = _input_text(text, position)
    given = queries.stored_input(actor, document.id)
    if (given.revision if given else None) != revision:
        raise Stale(say("En kollega har skrevet i innspillet mens du skrev."))
    if given is None:
        given = DocumentInput(
            document_id=document.id,
            organisation_id=actor.organisation_id,
            zone=Zone.OWN,
            revision=0,
        )
        db.session.add(given)
    given.person_id, given.version = actor.person_id, document.version
    given.text, given.position = text, position
    given.changed_at = clock.now()
    given.revision += 1
    db.session.flush()
    audit.record(actor, "input given", given, document=document.id, text=text or None)
    return given


def _input_text(text: str, position: Position) -> str:
    text = clean(text)
    if not text and position is not Position.NO_REMARKS:
        raise Rejected(say("Skriv innspillet, eller velg «Ingen merknader»."), "text")
    if len(text) > INPUT_MAX:
        raise Rejected(too_long(len(text), INPUT_MAX), "text")
    return text


def _whole(text: DocumentText) -> DocumentText:
    text = tidy(text)
    found = [*faults(text)]
    if found:
        raise Faulty(found)
    return text


def _write(document: Document, text: DocumentText) -> None:
    document.title, document.sort_key = text.title, sort_key(text.title)
    document.source_name, document.source_url = text.source_name, text.source_url
    document.search_text = line_of([text.title, text.body])
    document.changed_at = clock.now()
    document.revision += 1


def _freeze(actor: Actor, document: Document, text: DocumentText) -> None:
    document.version += 1
    db.session.add(
        DocumentVersion(
            document_id=document.id,
            number=document.version,
            body=text.body,
            body_html=render_markdown(text.body),
            note=text.note,
            is_open=document.zone is Zone.PUBLIC,
            author_id=actor.person_id,
            created_at=clock.now(),
        )
    )


def _free_key(title: str) -> str:
    """The title's own key, or the first with a number that nobody has."""
    key = key_of(title)
    begins = Document.key.startswith(key, autoescape=True)
    taken = set(db.session.scalars(select(Document.key).where(begins)))
    numbered = (key if n == 1 else f"{key}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)


def _said(text: DocumentText) -> str:
    """All that people wrote, for the trail's text."""
    return "\n".join(p for p in (text.title, text.body, text.source_name, text.note) if p)
