"""The audit trail: who did what, for whom, on what, when; append-only and chained by hash.

An event holds ids, field names and states. Free text lies apart, under a salted hash that the event
carries, so that the text can be erased and the chain still holds. The chain's head is locked last,
just before the commit, so that writers wait for each other as briefly as can be.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core import clock
from pilot.core.db import Base, FreeText, append_only, db, guard_table
from pilot.core.policy import Actor
from pilot.core.unit import before_commit

GENESIS = "0" * 64


class AuditEvent(Base):
    __tablename__ = "audit_event"

    uid: Mapped[str] = mapped_column(String(32), unique=True)
    happened_at: Mapped[datetime]
    person_id: Mapped[int | None]  # no foreign key: the trail outlives the person's row
    organisation_id: Mapped[int | None]
    verb: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(80), index=True)
    subject_id: Mapped[int] = mapped_column(index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    text_hash: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditText(Base):
    """Free text that belongs to an event; may be erased without touching the chain."""

    __tablename__ = "audit_text"

    event_uid: Mapped[str] = mapped_column(String(32), unique=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(FreeText)


class AuditHead(Base):
    """The last link: one row, locked by the writer who is about to commit."""

    __tablename__ = "audit_head"

    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


append_only(AuditEvent.__table__, ("uid",), ("hash",), ("previous_hash",))  # type: ignore[arg-type]  # a Table, typed as FromClause
FIRST_HEAD = f"INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '{GENESIS}')"  # noqa: S608  # constants
_STEP = "NEW.sequence > OLD.sequence AND NEW.id = OLD.id"
guard_table(
    AuditHead.__table__,  # type: ignore[arg-type]  # as above
    sqlite=(
        FIRST_HEAD,
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head "
        f"WHEN NOT ({_STEP}) BEGIN SELECT RAISE(ABORT, 'audit_head moves forward only'); END",
        "CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head "
        "BEGIN SELECT RAISE(ABORT, 'audit_head is kept'); END",
    ),
    postgresql=(
        FIRST_HEAD,
        "CREATE OR REPLACE FUNCTION audit_head_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_head moves forward only'; END $$",
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head FOR EACH ROW "
        f"WHEN (NOT ({_STEP})) EXECUTE FUNCTION audit_head_refuse()",
        "CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head FOR EACH ROW "
        "EXECUTE FUNCTION audit_head_refuse()",
    ),
)


@dataclass(frozen=True)
class _Pending:
    uid: str
    actor: Actor
    verb: str
    subject: Base
    happened_at: datetime
    details: dict[str, Any]
    text: str | None


def record(
    actor: Actor, verb: str, subject: Base, *, text: str | None = None, **details: object
) -> str:
    """Note a change in the same transaction as the change; answers the event's uid.

    `details` are ids, field names and states. What people wrote goes in `text`, which is stored
    apart and can be erased.
    """
    uid = uuid.uuid4().hex
    pending = db.session().info.setdefault("audit", [])
    if not db.session().info["before_commit"].get("audit"):
        pending.clear()  # what an earlier, rolled back attempt had noted
    pending.append(_Pending(uid, actor, verb, subject, clock.now(), dict(details), text))
    before_commit("audit", _link)
    return uid


def knows(subject: Base) -> bool:
    """Whether the trail tells of a row of this kind and number already."""
    told = select(AuditEvent.id).where(
        AuditEvent.subject_kind == type(subject).__name__, AuditEvent.subject_id == subject.id
    )
    return db.session.scalar(told.limit(1)) is not None


def _link() -> None:
    """Chain the unit's events to the head; the head's lock is the last one the unit takes."""
    session = db.session()
    pending: list[_Pending] = session.info.pop("audit")
    head = session.scalars(select(AuditHead).with_for_update()).one()
    sequence, previous = head.sequence, head.hash
    for entry in pending:
        sequence += 1
        event, text = _event(entry, sequence, previous)
        session.add_all([event, text] if text else [event])
        previous = event.hash
    head.sequence, head.hash = sequence, previous
    session.flush()


def _event(entry: _Pending, sequence: int, previous: str) -> tuple[AuditEvent, AuditText | None]:
    text = None
    if entry.text:
        text = AuditText(event_uid=entry.uid, salt=secrets.token_hex(16), text=entry.text)
    event = AuditEvent(
        id=sequence,
        uid=entry.uid,
        happened_at=entry.happened_at,
        person_id=entry.actor.person_id,
        organisation_id=entry.actor.organisation_id,
        verb=entry.verb,
        subject_kind=type(entry.subject).__name__,
        subject_id=entry.subject.id,
        details=entry.details,
        text_hash=_text_hash(text) if text else None,
        previous_hash=previous,
    )
    event.hash = link_hash(event)
    return event, text


def _text_hash(text: AuditText) -> str:
    return hashlib.sha256(f"{text.salt}\n{text.text}".encode()).hexdigest()


def link_hash(event: AuditEvent) -> str:
    """SHA-256 over the event's own fields and the hash before it."""
    fields = {
        "sequence": event.id,
        "uid": event.uid,
        "at": event.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": event.person_id,
        "organisation": event.organisation_id,
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "details": event.details,
        "text": event.text_hash,
        "previous": event.previous_hash,
    }
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: its length, its head and the first fault, if any."""

    events: int
    head: str
    fault: str | None


def verify() -> Verdict:
    """Walk the whole chain: order, links, hashes, texts that remain, and the head."""
    previous, count = GENESIS, 0
    for event, text in _walk():
        count += 1
        fault = _fault(event, text, count, previous)
        if fault:
            return Verdict(count, previous, fault)
        previous = event.hash
    head = db.session.scalars(select(AuditHead)).one()
    fault = (
        None
        if (head.sequence, head.hash) == (count, previous)
        else "the head does not match the last event"
    )
    return Verdict(count, previous, fault)


def _walk() -> Iterator[tuple[AuditEvent, AuditText | None]]:
    rows = (
        select(AuditEvent, AuditText)
        .outerjoin(AuditText, AuditText.event_uid == AuditEvent.uid)
        .order_by(AuditEvent.id)
        .execution_options(yield_per=500)
    )
    yield from db.session.execute(rows)


def _fault(event: AuditEvent, text: AuditText | None, count: int, previous: str) -> str | None:
    if event.id != count:
        return f"event {count} is missing"
    if event.previous_hash != previous:
        return f"event {event.id} does not follow event {count - 1}"
    if link_hash(event) != event.hash:
        return f"event {event.id} has been changed"
    if text is not None and _text_hash(text) != event.text_hash:
        return f"the text of event {event.id} has been changed"
    return None
