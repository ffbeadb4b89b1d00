"""Reading answers: KS' drafts, and what is published, which anyone may read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, cast, func, select

from pilot.core.db import ID_MOST, db
from pilot.core.errors import Missing
from pilot.core.finding import findable, lines
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require
from pilot.core.policy.zones import clause
from pilot.core.text import render_markdown
from pilot.dialogue.models import (
    DialogueAnswer,
    DialogueAnswerBatch,
    DialogueAnswerDraft,
    DialogueAnswering,
)
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.rules import BATCH_MOST, PAIRS_SHOWN, AnswerText

Draft, Answer, Batch = DialogueAnswerDraft, DialogueAnswer, DialogueAnswerBatch
ANSWERED = (
    select(func.count(DialogueAnswering.id))
    .where(DialogueAnswering.draft_id == Draft.id)
    .correlate(Draft)
    .scalar_subquery()
    .label("answered")
)


@dataclass(frozen=True)
class Pair:
    """A question and its answer as everyone reads them."""

    id: int
    question: str
    answer_html: str
    lang: str


@dataclass(frozen=True)
class PublishedPair:
    """The same, with the batch it was published in."""

    pair: Pair
    batch_id: int
    published_at: datetime


@dataclass(frozen=True)
class DraftRow:
    """A draft, for KS; `answered` counts the questions that it answers."""

    id: int
    revision: int
    text: AnswerText
    answered: int

    @property
    def pair(self) -> Pair:
        """As everyone will read it."""
        said = self.text
        return Pair(self.id, said.question, render_markdown(said.answer), said.lang)


# --- drafts --------------------------------------------------------------------------------------


def visible_draft(actor: Actor, draft_id: int, *, for_update: bool = False) -> DialogueAnswerDraft:
    wanted = select(Draft).where(Draft.id == min(draft_id, ID_MOST), clause(actor, Draft))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def visible_drafts(actor: Actor, ids: Collection[int]) -> list[DialogueAnswerDraft]:
    """Those of the drafts that are still there, locked in one order."""
    wanted = select(Draft).where(Draft.id.in_(ids), clause(actor, Draft))
    return list(db.session.scalars(wanted.order_by(Draft.id).with_for_update()))


def drafts_with_questions(ids: Collection[int]) -> frozenset[int]:
    """Which of the drafts answer a question that somebody still asks."""
    wanted = select(DialogueAnswering.draft_id).where(DialogueAnswering.draft_id.in_(ids))
    return frozenset(db.session.scalars(wanted))


def draft_of_form(actor: Actor, form_key: str | None) -> DialogueAnswerDraft | None:
    if form_key is None:
        return None
    return db.session.scalar(
        select(Draft).where(Draft.author_id == actor.person_id, Draft.form_key == form_key)
    )


def batch_of_form(actor: Actor, form_key: str | None) -> DialogueAnswerBatch | None:
    if form_key is None:
        return None
    return db.session.scalar(
        select(Batch).where(Batch.published_by_id == actor.person_id, Batch.form_key == form_key)
    )


def _draft(row: Row[Any]) -> DraftRow:
    kept: DialogueAnswerDraft = row.DialogueAnswerDraft
    return DraftRow(
        kept.id,
        kept.revision,
        AnswerText(kept.question, kept.answer, kept.lang),
        row.answered,
    )


def drafts(actor: Actor, page: int) -> Page[DraftRow]:
    """For KS: the answers that are not published yet, the oldest first."""
    require(actor, DialoguePermission.ANSWER)
    total = db.session.scalar(select(func.count(Draft.id)).where(clause(actor, Draft))) or 0
    number = within(page, total)
    rows = select(Draft, ANSWERED).where(clause(actor, Draft)).order_by(Draft.id)
    rows = rows.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(tuple(map(_draft, db.session.execute(rows))), number, total)


def draft(actor: Actor, draft_id: int) -> DraftRow:
    row = db.session.execute(
        select(Draft, ANSWERED).where(Draft.id == min(draft_id, ID_MOST), clause(actor, Draft))
    ).first()
    if row is None:
        raise Missing
    return _draft(row)


def to_publish(actor: Actor, ids: Collection[int]) -> tuple[DraftRow, ...]:
    """For the preview: the drafts that are chosen, or the first of all; those that somebody asks
    for. The order is not the one they will have."""
    require(actor, DialoguePermission.PUBLISH_ANSWERS)
    wanted = select(Draft, ANSWERED).where(clause(actor, Draft), ANSWERED.element > 0)
    if ids:
        wanted = wanted.where(Draft.id.in_([one for one in ids if one <= ID_MOST]))
    rows = db.session.execute(wanted.order_by(Draft.id).limit(BATCH_MOST))
    return tuple(map(_draft, rows))


# --- what is published ---------------------------------------------------------------------------


def _published(actor: Actor) -> Select[*tuple[Any, ...]]:
    wanted: Select[*tuple[Any, ...]] = select(Answer, Batch.published_at)
    return (
        wanted.join(Batch, Batch.id == Answer.batch_id)
        .where(clause(actor, Answer), clause(actor, Batch))
        .order_by(Answer.batch_id.desc(), Answer.place)
    )


def _pair(row: Row[Any]) -> PublishedPair:
    kept: DialogueAnswer = row.DialogueAnswer
    said = Pair(kept.id, kept.question, kept.answer_html, kept.lang)
    return PublishedPair(said, kept.batch_id, row.published_at)


def published(actor: Actor, page: int) -> Page[PublishedPair]:
    """What has been published, the newest batch first, in the order that was drawn."""
    total = db.session.scalar(select(func.count(Answer.id)).where(clause(actor, Answer))) or 0
    number = within(page, total, PAIRS_SHOWN)
    rows = _published(actor).limit(PAIRS_SHOWN).offset((number - 1) * PAIRS_SHOWN)
    return Page(tuple(map(_pair, db.session.execute(rows))), number, total, PAIRS_SHOWN)


def batch(actor: Actor, batch_id: int) -> tuple[PublishedPair, ...]:
    """All that was published at one moment."""
    found = db.session.execute(_published(actor).where(Answer.batch_id == min(batch_id, ID_MOST)))
    pairs = tuple(map(_pair, found))
    if not pairs:
        raise Missing
    return pairs


def answer_lines(actor: Actor) -> Select[Any]:
    """The published pairs that a search of the whole site looks through, the newest first."""
    key = cast(Answer.batch_id, String) + "-" + cast(Answer.id, String)
    found = findable(key, Answer.question, Answer.lang).where(clause(actor, Answer))
    newest = (Answer.batch_id.desc(), Answer.place)
    return lines(found, Answer.search_text, order=newest, begins=True)
