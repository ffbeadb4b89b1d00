"""Tables of user stories."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.behalf import OnBehalf
from pilot.core.db import Base, FreeList, FreeText, SortKey, append_only
from pilot.core.policy import Zone
from pilot.stories.rules import Frequency, LegalClearance, SolutionLink, StoryState, ref_of


class Story(Base):
    """A user story as it stands now; its number is its id."""

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        # Each holds all that a list or a figure asks about, with who may see it: rows are long,
        # and counting five thousand of them must not read them.
        Index("ix_story_changed", "changed_at", "state", "zone", "organisation_id"),
        Index("ix_story_counts", "state", "from_setting", "to_setting", "zone", "organisation_id"),
        Index("ix_story_places", "organisation_id", "zone", "state"),
        Index("ix_story_published", "published_at", "zone", "organisation_id"),
        Index("ix_story_waiting", "state", "zone", "organisation_id", "state_since"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one story
    zone: Mapped[Zone]
    state: Mapped[StoryState]
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    version: Mapped[int] = mapped_column(default=0)  # the last frozen one; 0 before it was sent
    title: Mapped[str] = mapped_column(FreeText)
    role: Mapped[str] = mapped_column(FreeText)
    need: Mapped[str] = mapped_column(FreeText)
    benefit: Mapped[str] = mapped_column(FreeText)
    context: Mapped[str] = mapped_column(FreeText)
    context_html: Mapped[str] = mapped_column(Text)  # rendered and cleaned when saved
    criteria: Mapped[list[str]] = mapped_column(FreeList)
    elements: Mapped[list[str]] = mapped_column(FreeList)
    from_setting: Mapped[str | None] = mapped_column(ForeignKey("care_setting.key"))
    to_setting: Mapped[str | None] = mapped_column(ForeignKey("care_setting.key"))
    frequency: Mapped[Frequency | None]
    patients_per_year: Mapped[int | None]
    consequence: Mapped[str] = mapped_column(FreeText)
    language: Mapped[str] = mapped_column(String(2))
    legal_clearance: Mapped[LegalClearance] = mapped_column(default=LegalClearance.NOT_ASSESSED)
    reason: Mapped[str] = mapped_column(FreeText, default="")  # why it was returned or turned down
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    state_since: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_version: Mapped[int | None]
    sort_key: Mapped[str] = mapped_column(SortKey)

    @property
    def ref(self) -> str:
        return ref_of(self.id)


#: The words of each story as a search looks for them (`core.search`): sort keys, and whether a word
#: is folded. A table of their own, in the order of the words: no search reads whole stories.
STORY_WORD = Table(
    "story_word",
    Base.metadata,
    Column("word", SortKey, primary_key=True),
    Column("story_id", ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("is_folded", Boolean, nullable=False),
    sqlite_with_rowid=False,
)


class StoryVersion(Base):
    """A text as it was; never changed, never removed."""

    __tablename__ = "story_version"
    __table_args__ = (UniqueConstraint("story_id", "number"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    number: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(FreeText)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime]


append_only(StoryVersion.__table__, ("story_id", "number"))  # type: ignore[arg-type]  # a Table, typed as FromClause


class StoryStep(Base):
    """A change of state, with who and why; the story's history is read from these."""

    __tablename__ = "story_step"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    verb: Mapped[str] = mapped_column(String(20))  # the state reached, or "published"
    version: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    reason: Mapped[str] = mapped_column(FreeText)
    happened_at: Mapped[datetime]


class StorySolution(Base):
    """A national solution that a story wishes for; with `kind`, what NHN says of it."""

    __tablename__ = "story_solution"
    __table_args__ = (UniqueConstraint("story_id", "solution_key"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    solution_key: Mapped[str] = mapped_column(ForeignKey("national_solution.key"), index=True)
    is_wished: Mapped[bool]
    kind: Mapped[SolutionLink | None]
    note: Mapped[str] = mapped_column(FreeText, default="")
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assessed_for_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    assessed_at: Mapped[datetime | None]


class StorySupport(OnBehalf, Base):
    """A municipality's support of a story; one that was taken back keeps its row, and is reused.

    It has a zone of its own, not the story's: what is published is still supported in private.
    """

    __tablename__ = "story_support"
    __table_args__ = (
        UniqueConstraint("story_id", "organisation_id"),
        CheckConstraint(
            "(behalf_channel IS NULL) = (behalf_received_on IS NULL)", name="behalf_whole"
        ),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    zone: Mapped[Zone] = mapped_column(default=Zone.PUBLIC_SIDE)
    note: Mapped[str] = mapped_column(FreeText)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who wrote it last
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    @property
    def is_given(self) -> bool:
        return self.withdrawn_at is None
