"""What ties a draft to the questions it answers; cut before anything is published."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from pilot.core import clock
from pilot.core.clock import OSLO
from pilot.core.db import db
from pilot.dialogue import queries
from pilot.dialogue.models import DialogueAnswerDraft, DialogueAnswering, DialogueQuestion
from pilot.dialogue.rules import QuestionState

Draft, Answering = DialogueAnswerDraft, DialogueAnswering


def tie(draft: DialogueAnswerDraft, questions: list[DialogueQuestion]) -> None:
    for question in questions:
        question.state = QuestionState.ANSWERING
    db.session.flush()  # the database ties only what is being answered
    tied = {one.id for one in queries.tied_to([draft.id])}
    fresh = (one.id for one in questions if one.id not in tied)
    db.session.add_all(Answering(draft_id=draft.id, question_id=number) for number in fresh)


def release(
    questions: Iterable[DialogueQuestion],
    drafts: Collection[int],
    *,
    to: QuestionState = QuestionState.RECEIVED,
) -> None:
    """Cut what ties drafts to questions. A question that another draft answers goes on being
    answered; the others come to the state."""
    numbers = {one.id: one for one in questions}
    _cut(Answering.draft_id.in_(drafts), Answering.question_id.in_(numbers))
    still = queries.answered_elsewhere(numbers)
    for question in (one for number, one in numbers.items() if number not in still):
        question.state = to
        question.revision += 1
        if to is QuestionState.PUBLISHED:
            question.changed_at = _today()


def untie(question: DialogueQuestion) -> None:
    """Cut a question that is withdrawn from the drafts that answer it, and raise them: what KS has
    seen of them is not what they are any more."""
    tied = select(Answering.draft_id).where(Answering.question_id == question.id)
    drafts = list(db.session.scalars(tied))
    raised = update(Draft).where(Draft.id.in_(drafts)).values(revision=Draft.revision + 1)
    db.session.execute(raised.execution_options(synchronize_session=False))
    _cut(Answering.question_id == question.id)


def _cut(*where: ColumnElement[bool]) -> None:
    cut = delete(Answering).where(*where)
    db.session.execute(cut.execution_options(synchronize_session=False))


def _today() -> datetime:
    """The day and no finer, so that no time pairs a question with anything that was put out."""
    return clock.now().astimezone(OSLO).replace(hour=0, minute=0, second=0, microsecond=0)
