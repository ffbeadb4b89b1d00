"""Tables of pilot rounds, candidates and partner municipalities."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.accounts.rules import EMAIL_MAX
from pilot.candidates.rules import CandidateState, RoundState
from pilot.core.behalf import OnBehalf
from pilot.core.db import Base, FreeText
from pilot.core.policy import Zone


class PilotRound(Base):
    """A round in which municipalities express interest; one at a time is open."""

    __tablename__ = "pilot_round"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        Index(
            "uq_pilot_round_open",
            "state",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    state: Mapped[RoundState]
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    name: Mapped[str] = mapped_column(FreeText)
    opens_on: Mapped[date]
    closes_on: Mapped[date]  # the last day on which interest is expressed
    decision_on: Mapped[date | None]
    #: What is asked in it: from its opening, the version that was newest then. No foreign key: a
    #: version that is published is never removed, and SQLite adds none to a table others refer to.
    criteria_version: Mapped[int | None]
    text: Mapped[str] = mapped_column(FreeText)
    text_html: Mapped[str] = mapped_column(Text)  # rendered and cleaned when saved
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one round
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]  # before it, what is decided is known to KS alone

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class Candidate(OnBehalf, Base):
    """A municipality in a round. `state` is what KS knows, `own_state` what the municipality may
    know; they differ from a decision to its release."""

    __tablename__ = "candidate"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        Index("ix_candidate_counts", "round_id", "state"),
        Index("ix_candidate_own", "organisation_id", "zone"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("pilot_round.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    zone: Mapped[Zone]
    state: Mapped[CandidateState]
    own_state: Mapped[CandidateState]
    revision: Mapped[int] = mapped_column(default=1)  # of what the municipality has written
    contact_name: Mapped[str] = mapped_column(FreeText, default="")
    contact_email: Mapped[str] = mapped_column(String(EMAIL_MAX), default="")
    approved_by: Mapped[str] = mapped_column(FreeText, default="")
    approved_role: Mapped[str] = mapped_column(FreeText, default="")
    approved_on: Mapped[date | None]
    sentence: Mapped[str] = mapped_column(FreeText, default="")
    is_public: Mapped[bool] = mapped_column(default=False)  # agrees to be shown as interested
    reason: Mapped[str] = mapped_column(FreeText, default="")  # of `state`
    own_reason: Mapped[str] = mapped_column(FreeText, default="")  # of `own_state`
    public_reason: Mapped[str] = mapped_column(FreeText, default="")  # for everyone, on release
    seen_at: Mapped[datetime | None]  # when KS has read what was written last
    created_at: Mapped[datetime]
    state_since: Mapped[datetime]
    own_state_since: Mapped[datetime]


class CandidateStep(OnBehalf, Base):
    """What happened to a candidate, by whom and why; its history is read from these."""

    __tablename__ = "candidate_step"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    verb: Mapped[str] = mapped_column(String(20))  # the state reached, or "changed"
    before: Mapped[CandidateState | None]
    is_internal: Mapped[bool]  # a decision that was not released: never shown outside KS
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str] = mapped_column(FreeText)
    public_reason: Mapped[str] = mapped_column(FreeText)
    happened_at: Mapped[datetime]


class PartnerMunicipality(Base):
    """A municipality that works with KS on procurement, for a time."""

    __tablename__ = "partner_municipality"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone: Mapped[Zone]  # everyone's, where the municipality has agreed to be shown
    revision: Mapped[int] = mapped_column(default=1)
    area: Mapped[str] = mapped_column(FreeText)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    contact_name: Mapped[str] = mapped_column(FreeText)
    contact_email: Mapped[str] = mapped_column(String(EMAIL_MAX))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
