"""A municipality's answers: the draft as it works on it, and the versions that KS reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import and_, select

from pilot.accounts.models import Person
from pilot.candidates.models import (
    Answer,
    Assessment,
    Candidate,
    CriteriaSet,
    CriterionRow,
    Section,
    Submission,
    SubmittedAnswer,
)
from pilot.candidates.queries.criteria import in_order
from pilot.candidates.queries.pages import one
from pilot.candidates.queries.rounds import RoundPage, round_page
from pilot.candidates.queries.rows import CandidateRow, as_row, is_own, rows_of
from pilot.candidates.rules.assessing import (
    UNANSWERED,
    AnswerText,
    Approval,
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
    lines = _submissions(whole.id) if whole else ()
    if own:
        answers = _answers(whole.id) if whole else {}
    else:
        answers = _submitted(lines[0].id) if lines else {}
    return AssessmentPage(
        **_head(actor, in_round, found, whole),
        answers=answers,
        submissions=lines,
        state=whole.state if whole and own else None,
        sections=_sections(whole.id) if whole and own else {},
        may_write=own and may_answer(candidate.own_state, in_round.state),
    )


def version_page(actor: Actor, round_id: int, number: str, version: int) -> VersionPage:
    """A version that was sent in; Missing where there is none, or the reader may not know of it."""
    in_round = round_page(actor, round_id)
    found = _candidate(actor, round_id, number)
    lines = _submissions(found.Assessment.id) if found.Assessment else ()
    by_number = {one.number: one for one in lines}
    if version not in by_number:
        raise Missing
    head = _head(actor, in_round, found, found.Assessment)
    answers = _submitted(by_number[version].id)
    before = by_number.get(version - 1)
    was = _texts(_submitted(before.id)) if before else {}
    codes = [one.code for one in head["criteria"]]
    return VersionPage(
        **head,
        answers=answers,
        submissions=lines,
        submission=by_number[version],
        moved=moved(codes, was, _texts(answers)) if before else (),
    )


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


def _candidate(actor: Actor, round_id: int, number: str) -> Any:
    whole = and_(Assessment.candidate_id == Candidate.id, Assessment.kind == AssessmentKind.SELF)
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


def criteria_of_version(version: int | None) -> tuple[CriterionText, ...]:
    """What a published version asks: nothing in it is hidden from anyone."""
    rows = db.session.scalars(
        select(CriterionRow)
        .join(CriteriaSet, CriteriaSet.id == CriterionRow.set_id)
        .where(CriteriaSet.version == version)
    )
    return tuple(row.text for row in in_order(rows))


def _answers(assessment_id: int) -> dict[str, AnswerRow]:
    rows = db.session.execute(
        select(Answer, Person.name)
        .outerjoin(Person, Person.id == Answer.changed_by_id)
        .where(Answer.assessment_id == assessment_id)
    )
    return {
        row.code: AnswerRow(row.text, row.revision, row.changed_at, name or "")
        for row, name in rows
    }


def _submitted(submission_id: int) -> dict[str, AnswerRow]:
    rows = db.session.scalars(select(SubmittedAnswer).filter_by(submission_id=submission_id))
    return {row.code: AnswerRow(row.text) for row in rows}


def _submissions(assessment_id: int) -> tuple[SubmissionRow, ...]:
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


def _sections(assessment_id: int) -> dict[Dimension, SectionRow]:
    rows = db.session.execute(
        select(Section, Person.name)
        .outerjoin(Person, Person.id == Section.person_id)
        .where(Section.assessment_id == assessment_id)
    )
    return {row.dimension: SectionRow(row.person_id, name or "", row.due_on) for row, name in rows}
