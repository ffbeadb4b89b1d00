"""Tables of documents, their versions, and the input to them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText, SortKey, append_only
from pilot.core.policy import Zone
from pilot.recommendations.rules import KEY_MAX, URL_MAX, DocumentState, Position


class Document(Base):
    """A document as it stands now; its text is its newest version."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    key: Mapped[str] = mapped_column(String(KEY_MAX + 10), unique=True)
    title: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey, index=True)
    state: Mapped[DocumentState]
    zone: Mapped[Zone]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    source_name: Mapped[str] = mapped_column(FreeText)
    source_url: Mapped[str] = mapped_column(String(URL_MAX))
    closes_on: Mapped[date | None]  # the last day for input
    version: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Text)


class DocumentVersion(Base):
    """A text as it was; never changed, never removed."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(FreeText)
    body_html: Mapped[str] = mapped_column(Text)  # rendered and cleaned when saved
    note: Mapped[str] = mapped_column(FreeText)
    is_open: Mapped[bool]  # written when everyone could read the document
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


append_only(DocumentVersion.__table__, ("document_id", "number"))  # type: ignore[arg-type]  # a Table, typed as FromClause


class DocumentInput(Base):
    """What an organisation says of a document in the consultation; for itself and KS."""

    __tablename__ = "document_input"
    __table_args__ = (UniqueConstraint("document_id", "organisation_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone: Mapped[Zone]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int]  # of the document, which was read
    position: Mapped[Position]
    text: Mapped[str] = mapped_column(FreeText)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
