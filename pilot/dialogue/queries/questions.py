"""Reading questions as they were received: the vendor's own; all of them, for KS."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, select

from pilot.accounts.models import Organisation
from pilot.core.behalf import Behalf
from pilot.core.db import ID_MOST, db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require
from pilot.core.policy.zones import clause
from pilot.core.registry import Kept
from pilot.core.tallies import first_of, number_of
from pilot.dialogue.models import DialogueAnswerDraft, DialogueAnswering, DialogueQuestion
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.rules import ANSWERED_MOST, WAITING, QuestionState

Question, Draft, Answering = DialogueQuestion, DialogueAnswerDraft, DialogueAnswering


@dataclass(frozen=True)
class QuestionRow:
    """A received question, as its vendor and KS see it."""

    id: int
    organisation_id: int
    organisation: str
    text: str
    lang: str
    state: QuestionState
    revision: int
    behalf: Behalf | None
    created_at: datetime
    changed_at: datetime

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


# --- rows, for the commands ----------------------------------------------------------------------


def visible_question(
    actor: Actor, question_id: int, *, for_update: bool = False
) -> DialogueQuestion:
    """A question that the actor may know of. For update, the drafts that answer it are locked
    first and the row read anew: who publishes locks in that order too."""
    wanted = select(Question).where(
        Question.id == min(question_id, ID_MOST), clause(actor, Question)
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise Missing
    if for_update:
        tied = select(Answering.draft_id).where(Answering.question_id == found.id)
        drafts = select(Draft.id).where(Draft.id.in_(tied)).order_by(Draft.id)
        db.session.execute(drafts.with_for_update()).all()
        db.session.refresh(found, with_for_update=True)
    return found


def question_of_form(organisation_id: int, form_key: str | None) -> DialogueQuestion | None:
    """The question that a form has made already, for the vendor."""
    if form_key is None:
        return None
    return db.session.scalar(
        select(Question).where(
            Question.organisation_id == organisation_id, Question.form_key == form_key
        )
    )


def locked_questions(actor: Actor, ids: Collection[int]) -> list[DialogueQuestion]:
    """Those of the questions that the actor may know of, locked in one order."""
    wanted = (
        select(Question)
        .where(Question.id.in_(ids), clause(actor, Question))
        .order_by(Question.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(wanted))


def tied_to(draft_ids: Collection[int]) -> list[DialogueQuestion]:
    """The questions that drafts answer, locked in one order; the drafts are locked already."""
    tied = select(Answering.question_id).where(Answering.draft_id.in_(draft_ids))
    wanted = (
        select(Question)
        .where(Question.id.in_(tied))
        .order_by(Question.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(wanted))


def answered_elsewhere(question_ids: Collection[int], but: Collection[int] = ()) -> frozenset[int]:
    """Which of the questions other drafts answer."""
    wanted = select(Answering.question_id).where(
        Answering.question_id.in_(question_ids), Answering.draft_id.not_in(but)
    )
    return frozenset(db.session.scalars(wanted))


# --- what pages show -----------------------------------------------------------------------------


def _rows(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    wanted: Select[*tuple[Any, ...]] = select(Question, Organisation.name.label("organisation"))
    return wanted.join(Organisation, Organisation.id == Question.organisation_id).where(*where)


def _read(row: Row[Any]) -> QuestionRow:
    kept: DialogueQuestion = row.DialogueQuestion
    return QuestionRow(
        kept.id,
        kept.organisation_id,
        row.organisation,
        kept.text,
        kept.lang,
        kept.state,
        kept.revision,
        kept.behalf,
        kept.created_at,
        kept.changed_at,
    )


def _page(page: int, order: Iterable[Any], *where: ColumnElement[bool]) -> Page[QuestionRow]:
    total = db.session.scalar(select(func.count(Question.id)).where(*where)) or 0
    number = within(page, total)
    rows = _rows(*where).order_by(*order).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(tuple(map(_read, db.session.execute(rows))), number, total)


def question(actor: Actor, question_id: int) -> QuestionRow:
    """A question that the actor may know of."""
    wanted = _rows(Question.id == min(question_id, ID_MOST), clause(actor, Question))
    row = db.session.execute(wanted).first()
    if row is None:
        raise Missing
    return _read(row)


def my_questions(actor: Actor, page: int) -> Page[QuestionRow]:
    """Those of the vendor one acts for, the newest first."""
    require(actor, DialoguePermission.ASK)
    order = (Question.created_at.desc(), Question.id)
    return _page(
        page, order, clause(actor, Question), Question.organisation_id == actor.organisation_id
    )


def incoming(actor: Actor, *, done: bool, page: int) -> Page[QuestionRow]:
    """For KS: those that wait for an answer, the oldest first; or those that wait no more."""
    require(actor, DialoguePermission.ANSWER)
    waits = Question.state.in_(WAITING)
    if done:
        # By the day: within it, nothing tells which were put out together with what.
        return _page(page, (Question.changed_at.desc(), Question.id), ~waits)
    return _page(page, (Question.created_at, Question.id), waits)


def chosen(actor: Actor, ids: Collection[int], draft_id: int = 0) -> tuple[QuestionRow, ...]:
    """For KS: the questions that an answer is to be written to, or that a draft answers."""
    require(actor, DialoguePermission.ANSWER)
    tied = select(Answering.question_id).where(Answering.draft_id == draft_id)
    few = [one for one in ids if one <= ID_MOST][:ANSWERED_MOST]
    rows = _rows(Question.id.in_(few) | Question.id.in_(tied), Question.state.in_(WAITING))
    return tuple(map(_read, db.session.execute(rows.order_by(Question.created_at, Question.id))))


def unanswered(actor: Actor) -> tuple[ScalarSelect[Any], ...]:
    """For KS: how many questions wait for an answer, and when the first of them came."""
    require(actor, DialoguePermission.ANSWER)
    waits = Question.state.in_(WAITING)
    return number_of(Question.id, waits), first_of(Question.created_at, waits)


def kept_of(actor: Actor) -> Kept:
    """The questions that the person has asked, for the file they can take along."""
    rows = db.session.execute(
        select(Question.text, Question.state, Question.created_at)
        .where(Question.person_id == actor.person_id, clause(actor, Question))
        .order_by(Question.created_at)
    )
    told = [{"text": t, "state": s.value, "created_at": at.isoformat()} for t, s, at in rows]
    return {"questions": told}
