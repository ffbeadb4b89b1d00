"""Tables of the panel: who assesses whom, and what each has come to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.candidates.models.assessments import CODE_MOST, ON_THE_SCALE, Said
from pilot.candidates.rules.panel import ReviewState
from pilot.core.db import Base, FreeText


class PanelReview(Base):
    """One assessor's own assessment of a candidate. It is for the assessor alone until all are
    done, whatever organisation asks: no zone says that, so no query reads it by a zone."""

    __tablename__ = "panel_review"
    __table_args__ = (UniqueConstraint("candidate_id", "person_id"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # assesses for it
    state: Mapped[ReviewState]
    delivery: Mapped[str] = mapped_column(FreeText, default="")  # what it delivers itself
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class NewLook(Base):
    """What a municipality asks for when it disagrees with a result, and what KS answers; once for
    each result."""

    __tablename__ = "new_look"
    __table_args__ = (UniqueConstraint("submission_id"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("assessment_submission.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(FreeText)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(FreeText, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]


class PanelAnswer(Said, Base):
    """What one assessor says of a criterion."""

    __tablename__ = "panel_answer"
    __table_args__ = (
        UniqueConstraint("review_id", "code"),
        CheckConstraint(ON_THE_SCALE, name="level"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("panel_review.id"))
    code: Mapped[str] = mapped_column(String(CODE_MOST))
    revision: Mapped[int]  # raised by every write; forms carry it
    changed_at: Mapped[datetime]
