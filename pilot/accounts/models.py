"""Tables of organisations and people."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.accounts.rules import EMAIL_MAX
from pilot.core.db import Base, FreeText, SortKey
from pilot.core.policy import OrganisationKind, Programme, Role


class Organisation(Base):
    __tablename__ = "organisation"
    __table_args__ = (
        Index(
            "uq_organisation_municipality",
            "municipality_number",
            unique=True,
            sqlite_where=text("kind = 'municipality'"),
            postgresql_where=text("kind = 'municipality'"),
        ),
    )

    kind: Mapped[OrganisationKind] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey)
    municipality_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"))
    hospital_trust_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    org_number: Mapped[str | None] = mapped_column(String(20))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))


class Person(Base):
    __tablename__ = "person"

    email: Mapped[str] = mapped_column(String(EMAIL_MAX), unique=True)
    name: Mapped[str] = mapped_column(FreeText)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(2))
    is_active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)  # raised to end every open session
    created_at: Mapped[datetime]


class Membership(Base):
    """A person's part in an organisation; no role means employed there, without a part."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role | None]


class ProgrammeRole(Base):
    __tablename__ = "programme_role"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Programme]


class EndedSession(Base):
    """A session that was signed out: its cookie is worth nothing, wherever a copy of it is."""

    __tablename__ = "ended_session"

    session_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ended_at: Mapped[datetime] = mapped_column(index=True)


class ApiToken(Base):
    """A token for the API; only its hash is kept."""

    __tablename__ = "api_token"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
