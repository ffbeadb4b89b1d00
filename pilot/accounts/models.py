"""Tables of organisations and people."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from pilot.accounts.rules import (
    EMAIL_MAX,
    NUMBER_MAX,
    InvitationState,
    LinkPurpose,
    MailRhythm,
    RequestState,
)
from pilot.core.db import Base, FreeText, SortKey
from pilot.core.policy import OrganisationKind, Programme, Role
from pilot.core.text import sort_key


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
        Index(  # a firm registers once; those without a number are not compared
            "uq_organisation_vendor_number",
            "country",
            "org_number",
            unique=True,
            sqlite_where=text("kind = 'vendor'"),
            postgresql_where=text("kind = 'vendor'"),
        ),
    )

    kind: Mapped[OrganisationKind] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey)
    municipality_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"))
    hospital_trust_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    country: Mapped[str | None] = mapped_column(String(2))  # whose number it is
    org_number: Mapped[str | None] = mapped_column(String(NUMBER_MAX))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))  # the group's head
    declared_group: Mapped[str] = mapped_column(FreeText, default="", server_default="")
    revision: Mapped[int] = mapped_column(default=1, server_default="1")


class Person(Base):
    __tablename__ = "person"

    email: Mapped[str] = mapped_column(String(EMAIL_MAX), unique=True)
    name: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey, server_default="", index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(2))
    is_active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)  # raised to end every open session
    mail_rhythm: Mapped[MailRhythm] = mapped_column(
        default=MailRhythm.WEEKLY, server_default=MailRhythm.WEEKLY.value
    )
    created_at: Mapped[datetime]

    @validates("name")
    def _sorted_by(self, _field: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name


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


class OpenSession(Base):
    """A session that began by signing in; shown to its person, who can end it."""

    __tablename__ = "open_session"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    session_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(80))
    started_at: Mapped[datetime]


class OneTimeLink(Base):
    """A link that works once. The token is made from the salt and the site's key when the mail is
    written; here lies its hash alone."""

    __tablename__ = "one_time_link"

    purpose: Mapped[LinkPurpose]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    subject_id: Mapped[int | None]  # the invitation or the sign-up that the link is for
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """An address is asked to act for an organisation; passed on, it is a new row."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "organisation_id",
            "address",
            unique=True,
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    address: Mapped[str] = mapped_column(String(EMAIL_MAX))
    role: Mapped[Role]
    note: Mapped[str] = mapped_column(FreeText)
    locale: Mapped[str] = mapped_column(String(2))
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.SENT)
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    passed_from_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"))
    hands: Mapped[int] = mapped_column(default=0)  # how often it was passed on before
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class JoinRequest(Base):
    """Someone asks to act for an organisation that is here already."""

    __tablename__ = "join_request"
    __table_args__ = (
        Index(
            "uq_join_request_open",
            "organisation_id",
            "address",
            unique=True,
            sqlite_where=text("state = 'received'"),
            postgresql_where=text("state = 'received'"),
        ),
        Index("ix_join_request_state", "state", "created_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(FreeText)
    role_title: Mapped[str] = mapped_column(FreeText)
    address: Mapped[str] = mapped_column(String(EMAIL_MAX))
    locale: Mapped[str] = mapped_column(String(2))
    state: Mapped[RequestState] = mapped_column(default=RequestState.RECEIVED)
    reason: Mapped[str] = mapped_column(FreeText, default="")
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class VendorSignup(Base):
    """What a vendor has typed, until the address is confirmed; then it is removed."""

    __tablename__ = "vendor_signup"
    __table_args__ = (UniqueConstraint("address", "firm_key"),)

    firm: Mapped[str] = mapped_column(FreeText)
    firm_key: Mapped[str] = mapped_column(SortKey)
    country: Mapped[str | None] = mapped_column(String(2))
    org_number: Mapped[str | None] = mapped_column(String(NUMBER_MAX))
    declared_group: Mapped[str] = mapped_column(FreeText)
    name: Mapped[str] = mapped_column(FreeText)
    address: Mapped[str] = mapped_column(String(EMAIL_MAX))
    locale: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(index=True)


class Confirmation(Base):
    """Who has approved something for an organisation: «Hvem har godkjent dette?»."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("kind", "subject_id", "organisation_id"),)

    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(FreeText)
    role_title: Mapped[str] = mapped_column(FreeText)
    confirmed_on: Mapped[date]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class ApiToken(Base):
    """A token for the API; only its hash is kept."""

    __tablename__ = "api_token"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
