"""Tables of the catalogue: national solutions, care settings, information services."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.catalogue.rules import KEY_MAX, Basis, Level, LinkKind, ServiceState, Side
from pilot.core.db import Base, FreeText, SortKey


class NationalSolution(Base):
    """What the nation has already; from the shipped file, and confirmed by its provider."""

    __tablename__ = "national_solution"

    key: Mapped[str] = mapped_column(String(KEY_MAX), unique=True)
    name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(SortKey)
    description: Mapped[str] = mapped_column(Text)
    basis: Mapped[Basis]
    source: Mapped[str] = mapped_column(Text)
    is_gap: Mapped[bool] = mapped_column(default=False)  # «no solution covers the need»
    is_active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_for_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))


class CareSetting(Base):
    """The row that stories point at; its names are read from the shipped file."""

    __tablename__ = "care_setting"

    key: Mapped[str] = mapped_column(String(KEY_MAX), unique=True)
    side: Mapped[Side]
    level: Mapped[Level]


class InformationService(Base):
    """A service that shares information, put together from national solutions."""

    __tablename__ = "information_service"

    key: Mapped[str] = mapped_column(String(KEY_MAX), unique=True)
    name: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey, index=True)
    description: Mapped[str] = mapped_column(FreeText)
    state: Mapped[ServiceState]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ServiceSolutionLink(Base):
    """How a national solution meets an information service, in NHN's and KS' judgement."""

    __tablename__ = "service_solution_link"
    __table_args__ = (UniqueConstraint("service_id", "solution_id"),)

    service_id: Mapped[int] = mapped_column(ForeignKey("information_service.id"))
    solution_id: Mapped[int] = mapped_column(ForeignKey("national_solution.id"), index=True)
    kind: Mapped[LinkKind]
    note: Mapped[str] = mapped_column(FreeText)


class FoundationDocument(Base):
    """What the work starts from: a steering document, a grant letter, a council's advice."""

    __tablename__ = "foundation_document"

    number: Mapped[int] = mapped_column(unique=True)  # never used again
    title: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey)
    owner: Mapped[str] = mapped_column(FreeText)
    dated_on: Mapped[date | None]
    address: Mapped[str] = mapped_column(FreeText)
    description: Mapped[str] = mapped_column(FreeText)
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Recommendation(Base):
    """A numbered recommendation of a document; other things point at it, so it is never removed."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("foundation_document.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(FreeText)
    is_current: Mapped[bool] = mapped_column(default=True)  # still stands in the document


class FollowUp(Base):
    """That a thing of the site, by its kind and its id, follows up a recommendation."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("recommendation_id", "thing_kind", "thing_id"),
        Index("ix_follow_up_thing", "thing_kind", "thing_id"),
    )

    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"))
    thing_kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    linked_at: Mapped[datetime]
