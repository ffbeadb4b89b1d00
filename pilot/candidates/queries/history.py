"""All that a municipality's answers have said, also what was set aside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pilot.accounts.models import Person
from pilot.candidates.models import Answer, AnswerVersion, Assessment
from pilot.candidates.queries.assessments import AssessmentPage
from pilot.candidates.rules.assessing import AnswerText, AssessmentKind
from pilot.candidates.rules.criteria import Dimension
from pilot.core.db import db
from pilot.core.pages import PAGE_SIZE, Page, within


@dataclass(frozen=True)
class PastAnswer:
    code: str
    text: AnswerText
    person: str
    written_at: datetime
    is_aside: bool  # another had written meanwhile; it never was the answer


def past_answers(page: AssessmentPage, dimension: Dimension, number: int) -> Page[PastAnswer]:
    """The texts of a dimension, the newest first, for one who has its page."""
    wanted = (
        select(Answer.code, AnswerVersion, Person.name)
        .join(Answer, Answer.id == AnswerVersion.answer_id)
        .join(Assessment, Assessment.id == Answer.assessment_id)
        .outerjoin(Person, Person.id == AnswerVersion.person_id)
        .where(
            Assessment.candidate_id == page.row.id,
            Assessment.kind == AssessmentKind.SELF,
            Answer.code.in_([one.code for one in page.of(dimension)]),
        )
    )
    counted = wanted.with_only_columns(func.count(AnswerVersion.id))
    total = db.session.scalar(counted) or 0
    number = within(number, total)
    newest = wanted.order_by(AnswerVersion.id.desc())
    rows = db.session.execute(newest.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    found = (
        PastAnswer(code, row.text, name or "", row.created_at, row.revision is None)
        for code, row, name in rows
    )
    return Page(tuple(found), number, total)
