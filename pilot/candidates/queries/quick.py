"""The quick check: a question for each dimension, and what must be in place."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from pilot.candidates.models import CriteriaSet, QuickCheckAnswer, QuickQuestion
from pilot.candidates.queries.pages import CandidatePage
from pilot.candidates.rules.assessing import QuickAnswer
from pilot.candidates.rules.criteria import Dimension, Quick
from pilot.core.db import db


@dataclass(frozen=True)
class QuickPage:
    """The questions of the round's criteria, and what the municipality has answered."""

    candidate: CandidatePage
    questions: tuple[Quick, ...]
    answers: Mapping[Dimension, QuickAnswer]

    @property
    def is_whole(self) -> bool:
        return all(one.dimension in self.answers for one in self.questions)

    @property
    def missing(self) -> tuple[Quick, ...]:
        """What is answered with anything but yes."""
        return tuple(
            one
            for one in self.questions
            if self.answers.get(one.dimension) in (QuickAnswer.NO, QuickAnswer.PARTLY)
        )


def quick_page(candidate: CandidatePage) -> QuickPage:
    """For one who has the candidate's page, and so is KS or the municipality itself."""
    rows = db.session.scalars(
        select(QuickQuestion)
        .join(CriteriaSet, CriteriaSet.id == QuickQuestion.set_id)
        .where(CriteriaSet.version == candidate.round.criteria_version)
    )
    asked = {row.dimension: row.quick for row in rows}
    questions = tuple(asked[one] for one in Dimension if one in asked)
    return QuickPage(candidate, questions, quick_answers(candidate.row.id))


def quick_answers(candidate_id: int) -> dict[Dimension, QuickAnswer]:
    rows = quick_answer_rows(candidate_id)
    return {dimension: row.answer for dimension, row in rows.items()}


def quick_answer_rows(candidate_id: int) -> dict[Dimension, QuickCheckAnswer]:
    """For commands that hold the candidate and have asked the policy."""
    rows = db.session.scalars(select(QuickCheckAnswer).filter_by(candidate_id=candidate_id))
    return {row.dimension: row for row in rows}
