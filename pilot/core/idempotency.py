"""A write that a client may send again: the second time it gets the first answer.

The key is stored in the same transaction as what the write did, so that there is never one without
the other. A refused write keeps no key.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core import clock
from pilot.core.db import Base, db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

KEPT = timedelta(hours=24)
KEY_MAX = 200


@dataclass(frozen=True)
class Call:
    key: str
    method: str
    path: str
    body: bytes

    @property
    def key_hash(self) -> str:
        """The key and its path. Neither is stored: people put what they will in them."""
        return hashlib.sha256(f"{self.path}\n{self.key}".encode()).hexdigest()

    @property
    def body_hash(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Answer:
    status: int
    body: str


class KeptAnswer(Base):
    __tablename__ = "kept_answer"
    __table_args__ = (UniqueConstraint("person_id", "method", "key_hash"),)

    person_id: Mapped[int]
    method: Mapped[str] = mapped_column(String(10))
    key_hash: Mapped[str] = mapped_column(String(64))
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)


CLASHES["uq_kept_answer_person_id_method_key_hash"] = say("Den samme forespørselen er i arbeid.")
CLASHES["kept_answer.person_id"] = CLASHES["uq_kept_answer_person_id_method_key_hash"]


@command
def once(actor: Actor, call: Call, run: Callable[[], Answer]) -> Answer:
    """Run a write, or repeat the answer it got within 24 hours; another body is refused."""
    db.session.execute(delete(KeptAnswer).where(KeptAnswer.created_at < clock.now() - KEPT))
    kept = _kept(actor, call)
    if kept is not None and kept.body_hash != call.body_hash:
        raise Rejected(say("Nøkkelen er brukt til en annen forespørsel. Bruk en ny nøkkel."))
    if kept is not None:
        return Answer(kept.status, kept.body)
    answer = run()
    db.session.add(
        KeptAnswer(
            person_id=actor.person_id,
            method=call.method,
            key_hash=call.key_hash,
            body_hash=call.body_hash,
            status=answer.status,
            body=answer.body,
            created_at=clock.now(),
        )
    )
    return answer


def _kept(actor: Actor, call: Call) -> KeptAnswer | None:
    return db.session.scalar(
        select(KeptAnswer).where(
            KeptAnswer.person_id == actor.person_id,
            KeptAnswer.method == call.method,
            KeptAnswer.key_hash == call.key_hash,
        )
    )
