"""What is stored of an assessment, as rows to read, for queries that have cleared it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pilot.accounts.models import Person
from pilot.candidates.models import (
    Answer,
    Assessment,
    CriteriaSet,
    CriterionRow,
    Section,
    Submission,
    SubmittedAnswer,
)
from pilot.candidates.queries.criteria import in_order
from pilot.candidates.rules.assessing import UNANSWERED, AnswerText, Approval, AssessmentKind
from pilot.candidates.rules.criteria import CriterionText, Dimension
from pilot.core.db import db


@dataclass(frozen=True)
class AnswerRow:
    text: AnswerText
    revision: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""


BLANK = AnswerRow(UNANSWERED)


@dataclass(frozen=True)
class SectionRow:
    person_id: int | None = None
    person: str = ""
    due_on: date | None = None


NOBODY = SectionRow()


@dataclass(frozen=True)
class SubmissionRow:
    id: int
    number: int
    created_at: datetime
    sent_by: str
    approval: Approval


def criteria_of_version(version: int | None) -> tuple[CriterionText, ...]:
    """What a published version asks: nothing in it is hidden from anyone."""
    rows = db.session.scalars(
        select(CriterionRow)
        .join(CriteriaSet, CriteriaSet.id == CriterionRow.set_id)
        .where(CriteriaSet.version == version)
    )
    return tuple(row.text for row in in_order(rows))


def answers_of(assessment_id: int) -> dict[str, AnswerRow]:
    rows = db.session.execute(
        select(Answer, Person.name)
        .outerjoin(Person, Person.id == Answer.changed_by_id)
        .where(Answer.assessment_id == assessment_id)
    )
    return {
        row.code: AnswerRow(row.text, row.revision, row.changed_at, name or "")
        for row, name in rows
    }


def submitted(submission_id: int) -> dict[str, AnswerRow]:
    rows = db.session.scalars(select(SubmittedAnswer).filter_by(submission_id=submission_id))
    return {row.code: AnswerRow(row.text) for row in rows}


def newest_answers(candidate_id: int) -> dict[str, AnswerRow]:
    """What the municipality itself has sent in last."""
    rows = db.session.scalars(
        select(SubmittedAnswer)
        .join(Submission, Submission.id == SubmittedAnswer.submission_id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(
            Assessment.candidate_id == candidate_id,
            Assessment.kind == AssessmentKind.SELF,
            Submission.number == Assessment.submissions,
        )
    )
    return {row.code: AnswerRow(row.text) for row in rows}


def submission_rows(assessment_id: int) -> tuple[SubmissionRow, ...]:
    rows = db.session.execute(
        select(Submission, Person.name)
        .outerjoin(Person, Person.id == Submission.person_id)
        .where(Submission.assessment_id == assessment_id)
        .order_by(Submission.number.desc())
    )
    return tuple(
        SubmissionRow(row.id, row.number, row.created_at, name or "", _approval(row))
        for row, name in rows
    )


def _approval(row: Submission) -> Approval:
    return Approval(name=row.approved_by, role=row.approved_role, on=row.approved_on)


def section_rows(assessment_id: int) -> dict[Dimension, SectionRow]:
    rows = db.session.execute(
        select(Section, Person.name)
        .outerjoin(Person, Person.id == Section.person_id)
        .where(Section.assessment_id == assessment_id)
    )
    return {row.dimension: SectionRow(row.person_id, name or "", row.due_on) for row, name in rows}
