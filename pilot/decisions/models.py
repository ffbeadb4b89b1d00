"""Tables of the register of decisions and actions, and of the conditions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText, append_only, guard_table
from pilot.core.policy import Zone
from pilot.decisions.rules import KEY_MAX, ConditionState, EntryKind, EntryState, ref_of


class EntryCounter(Base):
    """The last number given in each kind; the row is the turnstile, so that no number is lost."""

    __tablename__ = "entry_counter"

    kind: Mapped[EntryKind] = mapped_column(unique=True)
    last: Mapped[int]


COUNTERS = tuple(
    f"INSERT INTO entry_counter (id, kind, last) VALUES ({at}, '{kind}', 0)"  # noqa: S608  # our own codes
    for at, kind in enumerate(EntryKind, 1)
)
guard_table(EntryCounter.__table__, sqlite=COUNTERS, postgresql=COUNTERS)  # type: ignore[arg-type]  # a Table, typed as FromClause


class Entry(Base):
    """A decision or an action; `organisation_id` is the owner's, and what its zone is about."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("kind", "number"),
        UniqueConstraint("recorded_by_id", "form_key"),
        Index("ix_entry_changed", "changed_at"),
        Index("ix_entry_due", "state", "due_on"),
    )

    kind: Mapped[EntryKind]
    number: Mapped[int]
    zone: Mapped[Zone]
    for_steering: Mapped[bool] = mapped_column(default=False)  # put before the steering group
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[EntryState]
    text: Mapped[str] = mapped_column(FreeText)
    reasons: Mapped[str] = mapped_column(FreeText)
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(FreeText)
    due_on: Mapped[date | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_for_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Text)

    @property
    def ref(self) -> str:
        return ref_of(self.kind, self.number)


class EntryLink(Base):
    """What an entry is about: any thing of the site, by its kind and its id."""

    __tablename__ = "entry_link"
    __table_args__ = (
        UniqueConstraint("entry_id", "thing_kind", "thing_id"),
        Index("ix_entry_link_thing", "thing_kind", "thing_id"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    thing_kind: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]


class EntryEvent(Base):
    """What happened to an entry: recorded, changed, moved, remarked on."""

    __tablename__ = "entry_event"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    verb: Mapped[str] = mapped_column(String(20))  # a state reached, or «recorded changed note»
    text: Mapped[str] = mapped_column(FreeText)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)  # what the changed fields said before
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    happened_at: Mapped[datetime]


append_only(EntryEvent.__table__)  # type: ignore[arg-type]  # as above


class Condition(Base):
    """A condition as it stands; its title is read from the shipped file. All of it is public."""

    __tablename__ = "condition"

    key: Mapped[str] = mapped_column(String(KEY_MAX), unique=True)
    state: Mapped[ConditionState] = mapped_column(default=ConditionState.UNRESOLVED)
    owner: Mapped[str] = mapped_column(FreeText, default="")
    due_on: Mapped[date | None]
    settled_by: Mapped[str] = mapped_column(FreeText, default="")
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class ConditionEvent(Base):
    """A change of a condition, with who and why."""

    __tablename__ = "condition_event"

    condition_id: Mapped[int] = mapped_column(ForeignKey("condition.id"), index=True)
    before: Mapped[ConditionState]
    after: Mapped[ConditionState]
    reason: Mapped[str] = mapped_column(FreeText)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    happened_at: Mapped[datetime]


append_only(ConditionEvent.__table__)  # type: ignore[arg-type]  # as above
