"""Tables of the priority list: the one in work, and the versions that were released."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText, append_only
from pilot.priorities.rules import ListState, MoveKind, Verb


class PriorityList(Base):
    """A list on its way to a release; one at a time is in work."""

    __tablename__ = "priority_list"
    __table_args__ = (
        Index(
            "uq_priority_list_in_work",
            "is_in_work",
            unique=True,
            sqlite_where=text("is_in_work"),
            postgresql_where=text("is_in_work"),
        ),
    )

    state: Mapped[ListState]
    is_in_work: Mapped[bool]
    revision: Mapped[int] = mapped_column(default=1)  # of the note; moves are told one by one
    note: Mapped[str] = mapped_column(FreeText, default="")
    created_at: Mapped[datetime]
    state_since: Mapped[datetime]


class PriorityItem(Base):
    """A story on the list in work. Its place is changed under the list's lock."""

    __tablename__ = "priority_item"
    __table_args__ = (UniqueConstraint("list_id", "story_id"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("priority_list.id"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    place: Mapped[int]
    reason: Mapped[str] = mapped_column(FreeText)  # of its last move; shown to all on release


class PriorityMove(Base):
    """What was done to a story on the list, with the reason; KS' own."""

    __tablename__ = "priority_move"

    list_id: Mapped[int] = mapped_column(ForeignKey("priority_list.id"), index=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    kind: Mapped[MoveKind]
    was: Mapped[int | None]
    now: Mapped[int | None]
    reason: Mapped[str] = mapped_column(FreeText)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    happened_at: Mapped[datetime]


class PriorityStep(Base):
    """What was done to the list as a whole; for the steering group's part, how it treated it."""

    __tablename__ = "priority_step"

    list_id: Mapped[int] = mapped_column(ForeignKey("priority_list.id"), index=True)
    verb: Mapped[Verb]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(FreeText, default="")
    attendance: Mapped[str] = mapped_column(FreeText, default="")
    impartiality: Mapped[str] = mapped_column(FreeText, default="")
    dissent: Mapped[str] = mapped_column(FreeText, default="")
    happened_at: Mapped[datetime]


class PriorityVersion(Base):
    """A list as it was released; never changed, never removed."""

    __tablename__ = "priority_version"

    number: Mapped[int] = mapped_column(unique=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("priority_list.id"), unique=True)
    note: Mapped[str] = mapped_column(FreeText)
    decided_at: Mapped[datetime]
    released_at: Mapped[datetime]


class PriorityVersionItem(Base):
    """A story's place in a released list, and the text it had then."""

    __tablename__ = "priority_version_item"
    __table_args__ = (
        UniqueConstraint("version_id", "place"),
        UniqueConstraint("version_id", "story_id"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("priority_version.id"))
    place: Mapped[int]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    story_version: Mapped[int]
    title: Mapped[str] = mapped_column(FreeText)
    language: Mapped[str] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(FreeText)


append_only(PriorityVersion.__table__, ("number",), ("list_id",))  # type: ignore[arg-type]  # a Table, typed as FromClause
append_only(PriorityVersionItem.__table__, ("version_id", "place"), ("version_id", "story_id"))  # type: ignore[arg-type]  # as above
