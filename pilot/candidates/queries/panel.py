"""The panel's work, as each may see it: an assessor their own, and the rest when all are done.

No zone clears these rows. KS sees who is asked and how far they have come; what is written is
seen by who wrote it, and by KS and the assessors together when every one of them is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from pilot.accounts.models import Organisation, Person
from pilot.candidates.models import Assessment, Candidate, PanelAnswer, PanelReview
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries.answered import (
    BLANK,
    AnswerRow,
    answers_of,
    criteria_of_version,
    newest_answers,
)
from pilot.candidates.queries.assessments import AnswersPage, VersionPage
from pilot.candidates.queries.pages import CandidatePage
from pilot.candidates.queries.rounds import RoundPage, round_page
from pilot.candidates.queries.rows import CandidateRow, as_row, rows
from pilot.candidates.rules.assessing import AssessmentKind
from pilot.candidates.rules.criteria import CriterionText, Dimension
from pilot.candidates.rules.panel import ReviewState, is_open, may_review
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, allows
from pilot.municipalities.models import Municipality


@dataclass(frozen=True)
class ReviewRow:
    """Who assesses, and how far they have come; nothing of what they think."""

    id: int
    person_id: int
    person: str
    organisation: str
    organisation_id: int
    state: ReviewState
    delivery: str
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ReviewPage(AnswersPage):
    """An assessor's own answers, beside what the municipality has sent in."""

    review: ReviewRow
    theirs: Mapping[str, AnswerRow]
    may_write: bool

    @property
    def person_id(self) -> int:
        return self.review.person_id

    def their_answer(self, code: str) -> AnswerRow:
        return self.theirs.get(code, BLANK)

    def of(self, dimension: Dimension) -> tuple[CriterionText, ...]:
        return tuple(one for one in self.criteria if one.dimension is dimension)


@dataclass(frozen=True, kw_only=True)
class ModerationPage(AnswersPage):
    """What each assessor has come to, side by side, and what the panel says together."""

    reviews: tuple[ReviewRow, ...]
    by_review: Mapping[int, Mapping[str, AnswerRow]]
    theirs: Mapping[str, AnswerRow]
    may_write: bool

    def said(self, code: str) -> tuple[tuple[ReviewRow, AnswerRow], ...]:
        """What each assessor who took part has said of a criterion."""
        return tuple(
            (one, self.by_review.get(one.id, {}).get(code, BLANK)) for one in self.taking_part
        )

    @property
    def taking_part(self) -> tuple[ReviewRow, ...]:
        return tuple(one for one in self.reviews if one.state is ReviewState.DONE)

    def of(self, dimension: Dimension) -> tuple[CriterionText, ...]:
        return tuple(one for one in self.criteria if one.dimension is dimension)

    def their_answer(self, code: str) -> AnswerRow:
        return self.theirs.get(code, BLANK)


def reviews(candidate: CandidatePage) -> tuple[ReviewRow, ...]:
    """Who is asked to assess a candidate; for KS, which has its page."""
    return _reviews(candidate.row.id)


def assessors(result: VersionPage) -> tuple[ReviewRow, ...]:
    """Who stands behind a result, for one who has its page."""
    rows = _reviews(result.row.id)
    return tuple(one for one in rows if one.state is ReviewState.DONE)


def _reviews(candidate_id: int) -> tuple[ReviewRow, ...]:
    found = db.session.execute(
        select(PanelReview, Person.name, Organisation.name)
        .join(Person, Person.id == PanelReview.person_id)
        .join(Organisation, Organisation.id == PanelReview.organisation_id)
        .where(PanelReview.candidate_id == candidate_id)
        .order_by(PanelReview.id)
    )
    return tuple(_row(*row) for row in found)


def _row(review: PanelReview, person: str, organisation: str) -> ReviewRow:
    return ReviewRow(
        review.id,
        review.person_id,
        person,
        organisation,
        review.organisation_id,
        review.state,
        review.delivery,
        review.done_at,
    )


def my_review(actor: Actor, round_id: int, number: str) -> ReviewPage:
    """What the actor is asked to assess; Missing for everyone else, whatever they may see."""
    in_round, found = _found(actor, round_id, number)
    rows = _reviews(found.Candidate.id)
    own = next((one for one in rows if allows(actor, CandidatePermission.REVIEW, one)), None)
    if own is None:
        raise Missing
    state = found.Candidate.state
    return ReviewPage(
        **_head(actor, in_round, found),
        answers=_answers_of([own.id]).get(own.id, {}),
        theirs=newest_answers(found.id),
        review=own,
        may_write=own.state is ReviewState.DRAFT and may_review(state, in_round.state),
    )


def moderation(actor: Actor, round_id: int, number: str) -> ModerationPage:
    """For KS and the assessors, when all of them are done; Missing before that, and for others."""
    in_round, found = _found(actor, round_id, number)
    rows = _reviews(found.Candidate.id)
    is_one = any(allows(actor, CandidatePermission.REVIEW, one) for one in rows)
    if not (is_one or actor.is_ks) or not is_open(one.state for one in rows):
        raise Missing
    answers = answers_of(found.panel_id) if found.panel_id else {}
    may_write = may_review(found.Candidate.state, in_round.state) and (is_one or actor.is_ks)
    return ModerationPage(
        **_head(actor, in_round, found),
        answers=answers,
        theirs=newest_answers(found.id),
        reviews=rows,
        by_review=_answers_of([one.id for one in rows]),
        may_write=may_write,
    )


def _found(actor: Actor, round_id: int, number: str) -> tuple[RoundPage, Any]:
    """The candidate, for one who is then asked what they have to do with it."""
    in_round = round_page(actor, round_id)
    own, panel = Assessment.__table__.alias("own"), Assessment.__table__.alias("panel")
    found = db.session.execute(
        rows()
        .add_columns(
            Candidate,
            own.c.criteria_version,
            panel.c.id.label("panel_id"),
        )
        .outerjoin(own, and_(own.c.candidate_id == Candidate.id, own.c.kind == AssessmentKind.SELF))
        .outerjoin(
            panel, and_(panel.c.candidate_id == Candidate.id, panel.c.kind == AssessmentKind.PANEL)
        )
        .where(Candidate.round_id == round_id, Municipality.number == number)
    ).first()
    if found is None:
        raise Missing
    return in_round, found


def _head(actor: Actor, in_round: RoundPage, found: Any) -> dict[str, Any]:
    row: CandidateRow = as_row(actor, found)
    asked = found.criteria_version or in_round.criteria_version
    return {
        "row": row,
        "organisation_id": found.organisation_id,
        "round": in_round,
        "criteria": criteria_of_version(asked),
        "submissions": (),
    }


def _answers_of(review_ids: list[int]) -> dict[int, dict[str, AnswerRow]]:
    found: dict[int, dict[str, AnswerRow]] = {}
    for row in db.session.scalars(select(PanelAnswer).where(PanelAnswer.review_id.in_(review_ids))):
        said = AnswerRow(row.text, row.revision, row.changed_at)
        found.setdefault(row.review_id, {})[row.code] = said
    return found


# --- rows for the commands -------------------------------------------------------------------


def review_rows(candidate_id: int) -> list[PanelReview]:
    """For commands that hold the candidate."""
    wanted = select(PanelReview).filter_by(candidate_id=candidate_id).order_by(PanelReview.id)
    return list(db.session.scalars(wanted))


def panel_answer_rows(review_id: int) -> dict[str, PanelAnswer]:
    found = db.session.scalars(select(PanelAnswer).filter_by(review_id=review_id))
    return {row.code: row for row in found}


def held_candidate(candidate_id: int) -> Candidate:
    """The candidate, locked, for a command that asks the policy about a review of it next."""
    return db.session.scalars(
        select(Candidate).where(Candidate.id == candidate_id).with_for_update()
    ).one()
