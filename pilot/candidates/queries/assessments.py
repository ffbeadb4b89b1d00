"""A municipality's answers: the draft as it works on it, and the versions that KS reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import and_

from pilot.candidates.models import (
    Assessment,
    Candidate,
)
from pilot.candidates.queries.answered import (
    BLANK,
    NOBODY,
    AnswerRow,
    SectionRow,
    SubmissionRow,
    answers_of,
    criteria_of_version,
    newest_answers,
    section_rows,
    submission_rows,
    submitted,
)
from pilot.candidates.queries.pages import one
from pilot.candidates.queries.rounds import RoundPage, round_page
from pilot.candidates.queries.rows import CandidateRow, as_row, is_own, rows_of
from pilot.candidates.rules.assessing import (
    AnswerText,
    AssessmentKind,
    AssessmentState,
    Moved,
    levels_of,
    may_answer,
    moved,
    wants_evidence,
)
from pilot.candidates.rules.criteria import CriterionText, Dimension
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.methods.readiness import DimensionFigure, Readiness, readiness
from pilot.municipalities.models import Municipality


@dataclass(frozen=True)
class Standing:
    """A dimension: its criteria, what is answered, and who answers it."""

    dimension: Dimension
    criteria: tuple[CriterionText, ...]
    figure: DimensionFigure
    answered: int
    section: SectionRow


@dataclass(frozen=True, kw_only=True)
class AnswersPage:
    """Answers to the criteria of a round, and what they come to."""

    row: CandidateRow
    organisation_id: int
    round: RoundPage
    criteria: tuple[CriterionText, ...]
    answers: Mapping[str, AnswerRow]
    submissions: tuple[SubmissionRow, ...]  # the newest first

    def answer(self, code: str) -> AnswerRow:
        return self.answers.get(code, BLANK)

    def asked(self, code: str) -> CriterionText:
        return next(one for one in self.criteria if one.code == code)

    @cached_property
    def texts(self) -> dict[str, AnswerText]:
        return {code: row.text for code, row in self.answers.items()}

    @cached_property
    def readiness(self) -> Readiness:
        return readiness([one.weighed for one in self.criteria], levels_of(self.texts))

    @property
    def answered(self) -> int:
        return sum(self.answer(one.code).text.level is not None for one in self.criteria)

    @property
    def unshown(self) -> tuple[CriterionText, ...]:
        """Criteria whose answer should show what it rests on, and does not."""
        return tuple(
            one for one in self.criteria if wants_evidence(one, self.answer(one.code).text)
        )


@dataclass(frozen=True, kw_only=True)
class AssessmentPage(AnswersPage):
    """The municipality's own draft, or what KS reads of it: the version sent in last."""

    state: AssessmentState | None
    sections: Mapping[Dimension, SectionRow]
    may_write: bool

    @property
    def standings(self) -> tuple[Standing, ...]:
        figures = {one.name: one for one in self.readiness.dimensions}
        asked = tuple(one for one in Dimension if one.value in figures)
        return tuple(self._standing(one, figures[one.value]) for one in asked)

    def _standing(self, dimension: Dimension, figure: DimensionFigure) -> Standing:
        own = self.of(dimension)
        answered = sum(self.answer(one.code).text.level is not None for one in own)
        section = self.sections.get(dimension, NOBODY)
        return Standing(dimension, own, figure, answered, section)

    def of(self, dimension: Dimension) -> tuple[CriterionText, ...]:
        return tuple(one for one in self.criteria if one.dimension is dimension)

    @property
    def next_open(self) -> Dimension | None:
        """The first dimension with something that is not assessed."""
        left = (one for one in self.standings if one.answered < len(one.criteria))
        return next((one.dimension for one in left), None)


@dataclass(frozen=True, kw_only=True)
class VersionPage(AnswersPage):
    """A version as it was sent, and what differs from the one before."""

    submission: SubmissionRow
    moved: tuple[Moved, ...]


def assessment_page(actor: Actor, round_id: int, number: str) -> AssessmentPage:
    """Missing for all but KS and the municipality itself. KS reads what has been sent in: a draft
    is the municipality's own until then."""
    in_round = round_page(actor, round_id)
    found = _candidate(actor, round_id, number)
    candidate: Candidate = found.Candidate
    own, whole = is_own(actor, candidate.organisation_id), found.Assessment
    lines = submission_rows(whole.id) if whole else ()
    if own:
        answers = answers_of(whole.id) if whole else {}
    else:
        answers = submitted(lines[0].id) if lines else {}
    return AssessmentPage(
        **_head(actor, in_round, found, whole),
        answers=answers,
        submissions=lines,
        state=whole.state if whole and own else None,
        sections=section_rows(whole.id) if whole and own else {},
        may_write=own and may_answer(candidate.own_state, in_round.state),
    )


def version_page(
    actor: Actor,
    round_id: int,
    number: str,
    version: int | None = None,
    *,
    kind: AssessmentKind = AssessmentKind.SELF,
) -> VersionPage:
    """A version that was sent in, the newest if none is named; Missing where there is none, or the
    reader may not know of it. Of the panel's, a version is one of its results."""
    in_round = round_page(actor, round_id)
    found = _candidate(actor, round_id, number, kind)
    lines = submission_rows(found.Assessment.id) if found.Assessment else ()
    by_number = {one.number: one for one in lines}
    version = version or max(by_number, default=0)
    if version not in by_number:
        raise Missing
    head = _head(actor, in_round, found, found.Assessment)
    answers = submitted(by_number[version].id)
    before = by_number.get(version - 1)
    was = _texts(submitted(before.id)) if before else {}
    codes = [one.code for one in head["criteria"]]
    return VersionPage(
        **head,
        answers=answers,
        submissions=lines,
        submission=by_number[version],
        moved=moved(codes, was, _texts(answers)) if before else (),
    )


def own_beside(page: VersionPage) -> VersionPage | None:
    """What the municipality has sent in last, on the panel's page; None where it has not."""
    answers = newest_answers(page.row.id)
    return replace(page, answers=answers) if answers else None


def one_with_readiness(
    actor: Actor, round_id: int, number: str
) -> tuple[CandidateRow, Readiness | None]:
    """What the actor may know of a municipality in a round, and what its answers come to: None for
    those who may not read them."""
    try:
        page = assessment_page(actor, round_id, number)
    except Missing:
        return one(actor, round_id, number), None
    return page.row, page.readiness


def _texts(answers: Mapping[str, AnswerRow]) -> dict[str, AnswerText]:
    return {code: row.text for code, row in answers.items()}


def _candidate(
    actor: Actor, round_id: int, number: str, kind: AssessmentKind = AssessmentKind.SELF
) -> Any:
    whole = and_(Assessment.candidate_id == Candidate.id, Assessment.kind == kind)
    found = db.session.execute(
        rows_of(actor)
        .add_columns(Candidate, Assessment)
        .outerjoin(Assessment, whole)
        .where(Candidate.round_id == round_id, Municipality.number == number)
    ).first()
    if found is None or not (actor.is_ks or is_own(actor, found.organisation_id)):
        raise Missing
    return found


def _head(
    actor: Actor, in_round: RoundPage, found: Any, whole: Assessment | None
) -> dict[str, Any]:
    asked = whole.criteria_version if whole else in_round.criteria_version
    return {
        "row": as_row(actor, found),
        "organisation_id": found.organisation_id,
        "round": in_round,
        "criteria": criteria_of_version(asked),
    }
