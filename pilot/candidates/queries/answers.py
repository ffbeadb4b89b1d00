"""Answers as rows, for commands that hold the candidate and have asked the policy."""

from sqlalchemy import select

from pilot.candidates.models import Answer, AnswerVersion, Assessment, Section, Submission
from pilot.candidates.rules.assessing import UNANSWERED, AnswerText, AssessmentKind
from pilot.candidates.rules.criteria import Dimension
from pilot.core.db import db


def assessment_of(
    candidate_id: int, kind: AssessmentKind = AssessmentKind.SELF
) -> Assessment | None:
    wanted = {"candidate_id": candidate_id, "kind": kind}
    return db.session.scalar(select(Assessment).filter_by(**wanted))


def answer_rows(assessment_id: int) -> dict[str, Answer]:
    rows = db.session.scalars(select(Answer).filter_by(assessment_id=assessment_id))
    return {row.code: row for row in rows}


def answer_at(answer_id: int, revision: int) -> AnswerText:
    """What an answer said in a revision; nothing before its first."""
    found = db.session.scalar(
        select(AnswerVersion).filter_by(answer_id=answer_id, revision=revision)
    )
    return found.text if found else UNANSWERED


def newest_submission(assessment_id: int) -> Submission | None:
    return db.session.scalar(
        select(Submission)
        .filter_by(assessment_id=assessment_id)
        .order_by(Submission.number.desc())
        .limit(1)
    )


def section_of(assessment_id: int, dimension: Dimension) -> Section | None:
    wanted = {"assessment_id": assessment_id, "dimension": dimension}
    return db.session.scalar(select(Section).filter_by(**wanted))
