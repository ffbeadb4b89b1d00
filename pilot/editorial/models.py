"""Tables of editorial pages and notices."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText, append_only
from pilot.core.policy import Zone
from pilot.core.written import WithTexts
from pilot.editorial.rules import KEY_MAX, NoticeState


class EditorialPage(Base):
    """A page that leads write; what it says is in its versions, and one of them is published."""

    __tablename__ = "editorial_page"

    key: Mapped[str] = mapped_column(String(KEY_MAX), unique=True)
    position: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    version: Mapped[int] = mapped_column(default=0)  # the last one written
    published_version: Mapped[int | None]
    published_at: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(Text, default="")  # of the published version


class PageVersion(WithTexts, Base):
    """A text as it was written; never changed, never removed."""

    __tablename__ = "page_version"
    __table_args__ = (UniqueConstraint("page_id", "number"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("editorial_page.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(FreeText, default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


append_only(PageVersion.__table__, ("page_id", "number"))  # type: ignore[arg-type]  # a Table, typed as FromClause


class PageLink(Base):
    """A link block of a version."""

    __tablename__ = "page_link"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("page_version.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(FreeText)
    address: Mapped[str] = mapped_column(FreeText)
    source: Mapped[str] = mapped_column(FreeText)
    checked_on: Mapped[date | None]


append_only(PageLink.__table__, ("version_id", "position"))  # type: ignore[arg-type]  # as above


class Notice(WithTexts, Base):
    """Something that has happened, or will: dated, for everyone or for the participants."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        Index("ix_notice_listed", "state", "dated_on", "zone"),
    )

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one notice
    zone: Mapped[Zone]
    aimed_at: Mapped[Zone]  # the zone it has while it is published
    state: Mapped[NoticeState]
    dated_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    search_text: Mapped[str] = mapped_column(Text)
