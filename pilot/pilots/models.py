"""Tables of pilots."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText, SortKey
from pilot.core.policy import Zone
from pilot.pilots.rules import Course, PilotState


class Pilot(Base):
    """A trying-out; shown to all only by a command of its own, which names the decision."""

    __tablename__ = "pilot"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        Index("ix_pilot_order", "sort_key"),
    )

    title: Mapped[str] = mapped_column(FreeText)
    sort_key: Mapped[str] = mapped_column(SortKey)
    group: Mapped[str] = mapped_column(FreeText)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact: Mapped[str] = mapped_column(FreeText)
    starts_on: Mapped[date | None]
    state: Mapped[PilotState]
    course: Mapped[Course]
    in_words: Mapped[str] = mapped_column(FreeText)
    zone: Mapped[Zone]  # `public` once it is released, and only then
    zone_before: Mapped[Zone]  # who read it before; it goes back there when it is hidden again
    is_public: Mapped[bool] = mapped_column(default=False)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Text)


class PilotStory(Base):
    """A story that a pilot tries out."""

    __tablename__ = "pilot_story"
    __table_args__ = (UniqueConstraint("pilot_id", "story_id"),)

    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
