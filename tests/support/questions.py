"""Questions and answers brought where a test needs them by the site's own commands."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor
from pilot.dialogue import service
from pilot.dialogue.models import DialogueAnswer, DialogueAnswerDraft, DialogueQuestion
from pilot.dialogue.rules import AnswerText, QuestionText

RECEIPT, NEWS = "dialogue/mail/question", "dialogue/mail/answers"
numbers = count(1)


def asked(actor: Actor, text: str = "", **fields: Any) -> int:
    """A vendor asks; answers the question's number."""
    said = QuestionText(text or f"Hva gjelder nummer {next(numbers)}?")
    return service.ask(actor, said, **fields).id


class Desk:
    """KS, which answers; and what came of it. As the system, where nobody is named."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def told(self, vendor: int, text: str = "Spurt på telefon") -> int:
        """KS enters what a vendor has asked."""
        behalf = Behalf(Channel.PHONE, datetime(2026, 11, 12, tzinfo=UTC).date())
        said = QuestionText(text)
        made = service.ask_for(self.actor, said, organisation_id=vendor, behalf=behalf)
        return made.id

    def draft(self, *questions: int, question: str = "", answer: str = "Ja.") -> int:
        said = AnswerText(question or f"Omskrevet spørsmål {next(numbers)}", answer)
        return service.add_draft(self.actor, said, questions=questions).id

    def publish(self, *drafts: int, **fields: Any) -> int:
        """Put out drafts as they stand; answers the batch's number."""
        options: dict[str, Any] = {"is_unrecognisable": True} | fields
        return service.publish_answers(self.actor, seen(drafts), **options).id

    def at(self, state: str, vendor: Actor) -> int:
        """A question of the vendor's in a state."""
        number = asked(vendor)
        if state == "withdrawn":
            service.withdraw_question(vendor, number)
        elif state in ("answering", "published"):
            made = self.draft(number)
            if state == "published":
                self.publish(made)
        return number


def seen(drafts: Sequence[int]) -> dict[int, int]:
    """Drafts and the revisions that they have now."""
    db.session.rollback()
    return {number: db.session.get_one(DialogueAnswerDraft, number).revision for number in drafts}


def state_of(question_id: int) -> str:
    return row(question_id).state.value


def row(question_id: int) -> DialogueQuestion:
    db.session.rollback()
    return db.session.get_one(DialogueQuestion, question_id)


def pairs(batch_id: int) -> list[DialogueAnswer]:
    """What a batch holds, in its order."""
    db.session.rollback()
    wanted = select(DialogueAnswer).where(DialogueAnswer.batch_id == batch_id)
    return list(db.session.scalars(wanted.order_by(DialogueAnswer.place)))


def mails(template: str) -> list[OutboxMail]:
    db.session.rollback()
    wanted = select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.id)
    return list(db.session.scalars(wanted))
