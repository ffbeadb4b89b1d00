"""A new look that a municipality has asked for, for those who may read the result it concerns."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from pilot.accounts.models import Person
from pilot.candidates.models import Assessment, NewLook, Submission
from pilot.candidates.queries.assessments import VersionPage
from pilot.candidates.rules.assessing import AssessmentKind
from pilot.candidates.rules.panel import look_until
from pilot.core import clock
from pilot.core.clock import OSLO
from pilot.core.db import db


@dataclass(frozen=True)
class LookRow:
    text: str
    person: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Looking:
    """What was asked last of a panel's results, and whether and until when this one may be."""

    row: LookRow | None
    is_of_this: bool
    until: date

    @property
    def may_ask(self) -> bool:
        return not self.is_of_this and not self.waits and clock.today() <= self.until

    @property
    def waits(self) -> bool:
        return self.row is not None and self.row.answered_at is None


def looking(result: VersionPage) -> Looking:
    """For one who has the page of the result."""
    found = db.session.execute(
        select(NewLook, Person.name)
        .join(Submission, Submission.id == NewLook.submission_id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .outerjoin(Person, Person.id == NewLook.person_id)
        .where(Assessment.candidate_id == result.row.id)
        .order_by(NewLook.id.desc())
        .limit(1)
    ).first()
    until = look_until(result.submission.created_at.astimezone(OSLO).date())
    if found is None:
        return Looking(None, is_of_this=False, until=until)
    kept, name = found
    row = LookRow(kept.text, name or "", kept.asked_at, kept.answer, kept.answered_at)
    return Looking(row, is_of_this=kept.submission_id == result.submission.id, until=until)


def newest_look(candidate_id: int) -> NewLook | None:
    """What the municipality has asked for last, of any result; for commands that hold it."""
    return db.session.scalar(
        select(NewLook)
        .join(Submission, Submission.id == NewLook.submission_id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Assessment.candidate_id == candidate_id)
        .order_by(NewLook.id.desc())
        .limit(1)
    )


def panel_of(candidate_id: int) -> Submission | None:
    """The newest result of a panel, for commands that hold the candidate."""
    return db.session.scalar(
        select(Submission)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Assessment.candidate_id == candidate_id, Assessment.kind == AssessmentKind.PANEL)
        .order_by(Submission.number.desc())
        .limit(1)
    )
