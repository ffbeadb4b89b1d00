"""Tables of assessments: the answers as they stand, all that they have been, and what was sent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.candidates.rules.assessing import (
    AnswerText,
    AssessmentKind,
    AssessmentState,
    QuickAnswer,
)
from pilot.candidates.rules.criteria import Dimension
from pilot.core.db import Base, FreeList, FreeText, append_only
from pilot.core.policy import Zone

CODE_MOST = 6
ON_THE_SCALE = "level IS NULL OR level BETWEEN 0 AND 4"


class Assessment(Base):
    """What is answered of a candidate, on the criteria of one version; one of each kind."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("candidate_id", "kind"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    zone: Mapped[Zone]
    kind: Mapped[AssessmentKind]
    state: Mapped[AssessmentState]
    criteria_version: Mapped[int] = mapped_column(ForeignKey("criteria_set.version"))
    submissions: Mapped[int] = mapped_column(default=0)  # how many versions have been sent
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Said:
    """What one row says of one criterion."""

    level: Mapped[int | None]
    rationale: Mapped[str] = mapped_column(FreeText)
    evidence: Mapped[list[str]] = mapped_column(FreeList)

    @property
    def text(self) -> AnswerText:
        links = tuple(self.evidence)
        return AnswerText(level=self.level, rationale=self.rationale, evidence=links)

    def write(self, text: AnswerText) -> None:
        self.level, self.rationale = text.level, text.rationale
        self.evidence = [*text.evidence]


class QuickCheckAnswer(Base):
    """A municipality's answer to the quick check's question of a dimension."""

    __tablename__ = "quick_answer"
    __table_args__ = (UniqueConstraint("candidate_id", "dimension"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    dimension: Mapped[Dimension]
    answer: Mapped[QuickAnswer]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class Answer(Said, Base):
    """The answer to a criterion as it stands now."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("assessment_id", "code"),
        CheckConstraint(ON_THE_SCALE, name="level"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    code: Mapped[str] = mapped_column(String(CODE_MOST))
    revision: Mapped[int]  # raised by every write; forms carry it
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class AnswerVersion(Said, Base):
    """An answer as it was, or as someone wrote it who came too late; never changed or removed."""

    __tablename__ = "answer_version"
    __table_args__ = (
        UniqueConstraint("answer_id", "revision"),
        CheckConstraint(ON_THE_SCALE, name="level"),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    revision: Mapped[int | None]  # none: set aside, as another had written meanwhile
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Section(Base):
    """Who answers a dimension, and by when."""

    __tablename__ = "assessment_section"
    __table_args__ = (UniqueConstraint("assessment_id", "dimension"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    dimension: Mapped[Dimension]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]


class Submission(Base):
    """A version that was sent in, and who stands behind it."""

    __tablename__ = "assessment_submission"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[str] = mapped_column(FreeText)
    approved_role: Mapped[str] = mapped_column(FreeText)
    approved_on: Mapped[date]
    created_at: Mapped[datetime]


class SubmittedAnswer(Said, Base):
    """An answer as it stood in a version that was sent in."""

    __tablename__ = "submitted_answer"
    __table_args__ = (
        UniqueConstraint("submission_id", "code"),
        CheckConstraint(ON_THE_SCALE, name="level"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("assessment_submission.id"))
    code: Mapped[str] = mapped_column(String(CODE_MOST))


append_only(AnswerVersion.__table__, ("answer_id", "revision"))  # type: ignore[arg-type]  # a Table, typed as FromClause
append_only(Submission.__table__, ("assessment_id", "number"))  # type: ignore[arg-type]  # as above
append_only(SubmittedAnswer.__table__, ("submission_id", "code"))  # type: ignore[arg-type]  # as above
