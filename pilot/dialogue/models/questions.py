"""Questions as they were received, and KS' drafts of answers; none of it is ever published.

What is published lies in tables of its own (`answers`), which nothing here refers to.
"""

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.behalf import OnBehalf
from pilot.core.db import Base, FreeText, guard_table
from pilot.core.policy import Zone
from pilot.dialogue.rules import QUESTION_NUMBERS, QuestionState


def _number() -> int:
    """Drawn, not counted: a vendor's next number would tell how many others have asked since."""
    return QUESTION_NUMBERS[secrets.randbelow(len(QUESTION_NUMBERS))]


class DialogueQuestion(OnBehalf, Base):
    """A question as a vendor asked it: for the vendor and KS, whatever becomes of it."""

    __tablename__ = "dialogue_question"
    __table_args__ = (
        UniqueConstraint("organisation_id", "form_key"),
        CheckConstraint("zone = 'own'", name="zone"),
        Index("ix_dialogue_question_queue", "state", "created_at"),
        Index("ix_dialogue_question_own", "organisation_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, default=_number, sort_order=-1
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # the vendor
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # who asked
    zone: Mapped[Zone] = mapped_column(default=Zone.OWN)
    state: Mapped[QuestionState] = mapped_column(default=QuestionState.RECEIVED)
    revision: Mapped[int] = mapped_column(default=1)  # raised by every change; forms carry it
    text: Mapped[str] = mapped_column(FreeText)
    lang: Mapped[str] = mapped_column(String(2))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one question
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # once it is published: the day, no finer


class DialogueAnswerDraft(Base):
    """A question in KS' own words, and the answer, until it is published. Then the row is gone."""

    __tablename__ = "dialogue_answer_draft"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        CheckConstraint("zone = 'internal'", name="zone"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # KS
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    zone: Mapped[Zone] = mapped_column(default=Zone.INTERNAL)
    revision: Mapped[int] = mapped_column(default=0)
    question: Mapped[str] = mapped_column(FreeText)
    answer: Mapped[str] = mapped_column(FreeText)
    lang: Mapped[str] = mapped_column(String(2))


class DialogueAnswering(Base):
    """Which received questions a draft answers, while it is a draft: a tool for KS.

    Publishing removes it in its own transaction, and the triggers below see to that.
    """

    __tablename__ = "dialogue_answering"
    __table_args__ = (UniqueConstraint("draft_id", "question_id"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("dialogue_answer_draft.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("dialogue_question.id"), index=True)


# --- a question that is out, or withdrawn, is tied to nothing ------------------------------------

TIED = "a dialogue_question is tied to a draft only while it is being answered"
FINAL = "a published dialogue_question stays published"
_REOPENS = "OLD.state = 'published' AND NEW.state <> 'published'"
_IS_TIED = "EXISTS (SELECT 1 FROM dialogue_answering WHERE question_id = NEW.id)"
_LEAVES_TIED = f"NEW.state <> 'answering' AND {_IS_TIED}"
_NOT_ANSWERING = (
    "NOT EXISTS (SELECT 1 FROM dialogue_question WHERE id = NEW.question_id "
    "AND state = 'answering')"
)
guard_table(
    DialogueQuestion.__table__,  # type: ignore[arg-type]  # a Table, typed as FromClause
    sqlite=(
        "CREATE TRIGGER dialogue_question_final BEFORE UPDATE OF state ON dialogue_question "
        f"WHEN {_REOPENS} BEGIN SELECT RAISE(ABORT, '{FINAL}'); END",
    ),
    postgresql=(
        "CREATE OR REPLACE FUNCTION dialogue_question_final() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{FINAL}'; END $$",
        "CREATE TRIGGER dialogue_question_final BEFORE UPDATE OF state ON dialogue_question "
        f"FOR EACH ROW WHEN ({_REOPENS}) EXECUTE FUNCTION dialogue_question_final()",
    ),
)
guard_table(
    DialogueAnswering.__table__,  # type: ignore[arg-type]  # as above
    sqlite=(
        "CREATE TRIGGER dialogue_question_tied BEFORE UPDATE OF state ON dialogue_question "
        f"WHEN {_LEAVES_TIED} BEGIN SELECT RAISE(ABORT, '{TIED}'); END",
        "CREATE TRIGGER dialogue_answering_tied BEFORE INSERT ON dialogue_answering "
        f"WHEN {_NOT_ANSWERING} BEGIN SELECT RAISE(ABORT, '{TIED}'); END",
        "CREATE TRIGGER dialogue_answering_moved BEFORE UPDATE ON dialogue_answering "
        f"BEGIN SELECT RAISE(ABORT, '{TIED}'); END",
    ),
    postgresql=(
        "CREATE OR REPLACE FUNCTION dialogue_question_tied() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF {_LEAVES_TIED} THEN RAISE EXCEPTION '{TIED}'; END IF; RETURN NEW; END $$",
        "CREATE OR REPLACE FUNCTION dialogue_answering_tied() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF TG_OP = 'UPDATE' OR {_NOT_ANSWERING} "
        f"THEN RAISE EXCEPTION '{TIED}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER dialogue_question_tied BEFORE UPDATE OF state ON dialogue_question "
        "FOR EACH ROW EXECUTE FUNCTION dialogue_question_tied()",
        "CREATE TRIGGER dialogue_answering_tied BEFORE INSERT OR UPDATE ON dialogue_answering "
        "FOR EACH ROW EXECUTE FUNCTION dialogue_answering_tied()",
    ),
)
