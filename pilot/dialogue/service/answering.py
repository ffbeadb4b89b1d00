"""KS' answers: drafted for one or more questions, and published to everyone in batches.

Publishing cuts what ties a pair to the questions it came from, in the transaction that puts it out:
the pairs are new rows, in an order that is drawn; drafts and links are gone; the trail names the
batch, and neither the drafts nor the questions. See docs/decisions/0011-questions-without-a-key.md.
"""

from collections.abc import Iterable, Mapping
from secrets import SystemRandom

from pilot.core import audit, clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.search import line_of
from pilot.core.text import render_markdown
from pilot.core.unit import CLASHES, command
from pilot.core.words import say, say_many
from pilot.dialogue import queries
from pilot.dialogue.models import (
    DialogueAnswer,
    DialogueAnswerBatch,
    DialogueAnswerDraft,
    DialogueQuestion,
)
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.rules import ANSWERED_MOST, BATCH_MOST, WAITING, AnswerText, QuestionState
from pilot.dialogue.service.steps import Faulty, Stale
from pilot.dialogue.service.ties import release, tie
from pilot.following.queries.audiences import STANDARD, receivers

NEWS = "dialogue/mail/answers"
for name, sentence in (
    ("dialogue_answer_draft.author_id", say("Svaret er allerede lagret.")),
    ("uq_dialogue_answer_draft_author_id_form_key", say("Svaret er allerede lagret.")),
    ("dialogue_answer_batch.published_by_id", say("Svarene er allerede publisert.")),
    ("uq_dialogue_answer_batch_published_by_id_form_key", say("Svarene er allerede publisert.")),
):
    CLASHES[name] = sentence


@command
def add_draft(
    actor: Actor, typed: AnswerText, *, questions: Iterable[int], form_key: str | None = None
) -> DialogueAnswerDraft:
    """Begin on an answer to one or more questions. A form sent twice is one draft."""
    require(actor, DialoguePermission.ANSWER)
    stored = queries.draft_of_form(actor, form_key)
    if stored is not None:
        return stored
    draft = DialogueAnswerDraft(
        organisation_id=actor.organisation_id,
        author_id=actor.person_id,
        form_key=form_key,
    )
    _write(draft, typed)
    wanted = _chosen(actor, questions)
    db.session.add(draft)
    db.session.flush()
    tie(draft, wanted)
    audit.record(actor, "answer drafted", draft)  # not to what: drafts lead to batches
    return draft


@command
def edit_draft(
    actor: Actor, draft_id: int, typed: AnswerText, *, questions: Iterable[int], revision: int
) -> DialogueAnswerDraft:
    """Change an answer, and which questions it answers."""
    draft = queries.visible_draft(actor, draft_id, for_update=True)
    require(actor, DialoguePermission.ANSWER, draft)
    if draft.revision != revision:
        raise Stale(say("Noen har endret svaret, eller trukket et spørsmål, mens du skrev."))
    _write(draft, typed)
    wanted = _chosen(actor, questions)
    kept = {one.id for one in wanted}
    release((one for one in queries.tied_to([draft.id]) if one.id not in kept), [draft.id])
    tie(draft, wanted)
    audit.record(actor, "answer draft changed", draft)
    return draft


@command
def drop_draft(actor: Actor, draft_id: int) -> None:
    """Throw a draft away; the questions that nothing else answers wait as before."""
    draft = queries.visible_draft(actor, draft_id, for_update=True)
    require(actor, DialoguePermission.ANSWER, draft)
    release(queries.tied_to([draft.id]), [draft.id])
    audit.record(actor, "answer draft removed", draft)
    db.session.delete(draft)


@command
def publish_answers(
    actor: Actor,
    seen: Mapping[int, int],
    *,
    is_unrecognisable: bool,
    form_key: str | None = None,
) -> DialogueAnswerBatch:
    """Put out drafts, by number and the revision that was seen, to everyone at the same moment.

    Someone must have answered that nobody can be recognised. What was changed, withdrawn or put out
    meanwhile is refused, all of it: two who publish the same drafts make one batch.
    """
    require(actor, DialoguePermission.PUBLISH_ANSWERS)
    drafts = queries.visible_drafts(actor, seen)
    stored = queries.batch_of_form(actor, form_key)  # after the lock: the same form, sent twice
    if stored is not None:
        return stored
    _refuse_choice(seen, is_unrecognisable)
    if {one.id: one.revision for one in drafts} != dict(seen):
        raise Stale(say("Et av svarene er endret eller publisert siden du så på det."))
    questions = queries.tied_to(seen)
    _refuse_untied(drafts)
    _refuse_parted(questions, seen)
    batch = _put_out(actor, drafts, form_key)
    release(questions, seen, to=QuestionState.PUBLISHED)
    for draft in drafts:
        db.session.delete(draft)
    uid = audit.record(actor, "answers published", batch, answers=len(drafts))
    _tell_all(actor, batch, len(drafts), uid)
    return batch


# --- drafts --------------------------------------------------------------------------------------


def _write(draft: DialogueAnswerDraft, typed: AnswerText) -> None:
    typed = typed.tidy
    if found := typed.faults():
        raise Faulty(found)
    draft.question, draft.answer, draft.lang = typed.question, typed.answer, typed.lang
    draft.revision = (draft.revision or 0) + 1


def _chosen(actor: Actor, questions: Iterable[int]) -> list[DialogueQuestion]:
    """The questions that are to be answered, locked; at least one, all of them waiting."""
    wanted = set(questions)
    if not 1 <= len(wanted) <= ANSWERED_MOST:
        raise Rejected(say("Velg fra 1 til %(most)s spørsmål.", most=ANSWERED_MOST), "questions")
    found = queries.locked_questions(actor, wanted)
    if len(found) < len(wanted) or any(one.state not in WAITING for one in found):
        raise Rejected(say("Et av spørsmålene venter ikke på svar lenger."), "questions")
    return found


# --- publishing ----------------------------------------------------------------------------------


def _refuse_choice(seen: Mapping[int, int], is_unrecognisable: bool) -> None:
    if not seen:
        raise Rejected(say("Velg minst ett svar."))
    if len(seen) > BATCH_MOST:
        words = say("Publiser høyst %(most)s svar om gangen.", most=BATCH_MOST)
        raise Rejected(words)
    if not is_unrecognisable:
        raise Rejected(say("Skriv om teksten før du publiserer."), "recognisable")


def _refuse_untied(drafts: list[DialogueAnswerDraft]) -> None:
    """What nobody asks any more is not put out by itself."""
    tied = queries.drafts_with_questions([one.id for one in drafts])
    bare = len(drafts) - len(tied)
    if bare:
        raise Conflict(
            say_many(
                "Spørsmålet bak ett av svarene er trukket. Ta bort svaret først.",
                "Spørsmålene bak %(n)s av svarene er trukket. Ta bort svarene først.",
                bare,
            )
        )


def _refuse_parted(questions: list[DialogueQuestion], seen: Mapping[int, int]) -> None:
    """A question is answered whole: it is never half published, and half withdrawn."""
    if queries.answered_elsewhere([one.id for one in questions], but=seen):
        raise Conflict(say("Et av spørsmålene har svar du ikke har valgt. Publiser dem samtidig."))


def _put_out(
    actor: Actor, drafts: list[DialogueAnswerDraft], form_key: str | None
) -> DialogueAnswerBatch:
    batch = DialogueAnswerBatch(
        organisation_id=actor.organisation_id,
        published_at=clock.now(),
        published_by_id=actor.person_id,
        form_key=form_key,
    )
    db.session.add(batch)
    db.session.flush()
    shuffled = [*drafts]
    SystemRandom().shuffle(shuffled)
    for place, draft in enumerate(shuffled, 1):
        db.session.add(_pair(batch, place, draft))
        db.session.flush()  # one at a time: numbers follow the order that was drawn
    return batch


def _pair(batch: DialogueAnswerBatch, place: int, draft: DialogueAnswerDraft) -> DialogueAnswer:
    return DialogueAnswer(
        batch_id=batch.id,
        place=place,
        organisation_id=batch.organisation_id,
        question=draft.question,
        answer=draft.answer,
        answer_html=render_markdown(draft.answer),
        lang=draft.lang,
        search_text=line_of((draft.question, draft.answer)),
    )


def _tell_all(actor: Actor, batch: DialogueAnswerBatch, answers: int, uid: str) -> None:
    """The same mail to every vendor's people, at once: also to those who asked."""
    for receiver in receivers(actor, STANDARD, "vendors"):
        outbox.post(
            event_uid=uid,
            person_id=receiver.person_id,
            address=receiver.address,
            locale=receiver.locale,
            template=NEWS,
            values={"batch": batch.id, "answers": answers},
        )
