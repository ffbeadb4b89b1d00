"""Questions and answers as they are published: what KS wrote, put out in batches.

No column here leads back to a question that was received, to a draft, or to who asked. The rows of
a batch are written in an order that is drawn, so that neither number nor place tells anything.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText, append_only
from pilot.core.policy import Zone


class DialogueAnswerBatch(Base):
    """What was published to everyone at one moment."""

    __tablename__ = "dialogue_answer_batch"
    __table_args__ = (
        UniqueConstraint("published_by_id", "form_key"),
        CheckConstraint("zone = 'public'", name="zone"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # KS
    zone: Mapped[Zone] = mapped_column(default=Zone.PUBLIC)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one batch


class DialogueAnswer(Base):
    """A published pair: the question in KS' words, and the answer."""

    __tablename__ = "dialogue_answer"
    __table_args__ = (
        UniqueConstraint("batch_id", "place"),
        CheckConstraint("zone = 'public'", name="zone"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("dialogue_answer_batch.id"))
    place: Mapped[int]  # as drawn, from one
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # KS
    zone: Mapped[Zone] = mapped_column(default=Zone.PUBLIC)
    question: Mapped[str] = mapped_column(FreeText)
    answer: Mapped[str] = mapped_column(FreeText)
    answer_html: Mapped[str] = mapped_column(Text)  # rendered and cleaned when published
    lang: Mapped[str] = mapped_column(String(2))
    search_text: Mapped[str] = mapped_column(Text)


append_only(DialogueAnswerBatch.__table__, ("published_by_id", "form_key"))  # type: ignore[arg-type]  # a Table, typed as FromClause
append_only(DialogueAnswer.__table__, ("batch_id", "place"))  # type: ignore[arg-type]  # as above
