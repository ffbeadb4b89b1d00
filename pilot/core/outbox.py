"""The outbox: every mail is a row written with the change it tells of, and sent afterwards.

One row per event and person; one worker claims a row at a time; its Message-ID never changes, so a
mail sent twice after a crash is seen as one by the receiver. A row keeps the template's name and
values; `web` renders it in the reader's language when it is sent.
"""

import hashlib
import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core import clock
from pilot.core.calendar import Invitation
from pilot.core.db import Base, FreeText, db
from pilot.core.facts import holds_demo_data
from pilot.core.unit import after_commit, command

CLAIM = timedelta(minutes=5)
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
DEMO_DOMAIN = ".example"


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(Base):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        UniqueConstraint("event_uid", "person_id"),
        UniqueConstraint("event_uid", "address"),  # also those who are not people of the site
    )

    event_uid: Mapped[str] = mapped_column(String(32))
    person_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(320))
    locale: Mapped[str] = mapped_column(String(2))
    template: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(FreeText, default="")
    calendar: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(200), default="")


#: Turns a row into a message in the reader's language; `web` sets it at start.
Render = Callable[[OutboxMail], EmailMessage]


def _nobody() -> None:
    """No worker runs in this process; one elsewhere will look by itself."""


_wake: Callable[[], None] = _nobody


def on_post(wake: Callable[[], None]) -> None:
    """Name what wakes the worker when a mail has been stored; called once, at start."""
    global _wake  # one worker a process
    _wake = wake


def post(  # a mail has this many parts
    *,
    event_uid: str,
    person_id: int | None,
    address: str,
    locale: str,
    template: str,
    values: dict[str, Any],
    note: str = "",
    calendar: Invitation | None = None,
) -> None:
    """Write a mail in the transaction of the change it tells of; `note` is what a person wrote.

    `calendar` goes with it as a file. One who is not a person of the site has no `person_id`.
    """
    db.session.add(
        OutboxMail(
            event_uid=event_uid,
            person_id=person_id,
            address=address,
            locale=locale,
            template=template,
            values=values,
            note=note,
            calendar=calendar.dump() if calendar else None,
            message_id=f"<{event_uid}.{person_id or _mark(address)}@pilotrommet>",
            due_at=clock.now(),
            created_at=clock.now(),
        )
    )
    after_commit(lambda: _wake())


def _mark(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]


@command
def claim() -> int | None:
    """Take the next due mail for this worker; another worker passes it by."""
    now = clock.now()
    free = or_(OutboxMail.claimed_until.is_(None), OutboxMail.claimed_until < now)
    mail = db.session.scalar(
        select(OutboxMail)
        .where(OutboxMail.state == MailState.WAITING, OutboxMail.due_at <= now, free)
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail is None:
        return None
    mail.claimed_until = now + CLAIM
    return mail.id


@command
def settle(mail_id: int, *, fault: str | None, final: bool = False) -> None:
    """Note how a try went; a passing fault is tried again later, five times in all."""
    mail = db.session.get_one(OutboxMail, mail_id, with_for_update=True)
    mail.attempts += 1
    mail.claimed_until = None
    mail.fault = (fault or "")[:200]
    if fault is None:
        mail.state, mail.sent_at = MailState.SENT, clock.now()
    elif final or mail.attempts > len(WAITS):
        mail.state = MailState.FAILED
    else:
        mail.due_at = clock.now() + WAITS[mail.attempts - 1]


def deliver_next(render: Render, transport: Callable[[], smtplib.SMTP]) -> bool:
    """Claim and send one mail; False when none is due. Holds no transaction while it sends."""
    mail_id = claim()
    if mail_id is None:
        return False
    mail = db.session.get_one(OutboxMail, mail_id)
    if holds_demo_data() and not mail.address.endswith(DEMO_DOMAIN):
        settle(mail_id, fault="demo data: mail goes to *.example only", final=True)
        return True
    try:
        message = render(mail)
    except Exception as fault:  # a mail that cannot be made must not stop those behind it
        logging.getLogger(__name__).exception("mail %s cannot be rendered", mail_id)
        settle(mail_id, fault=f"cannot be rendered: {type(fault).__name__}")
        return True
    db.session.rollback()
    try:
        with transport() as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        settle(mail_id, fault=f"refused: {refusal}", final=True)
    except (OSError, smtplib.SMTPException) as fault:
        settle(mail_id, fault=f"{type(fault).__name__}: {fault}")
    else:
        settle(mail_id, fault=None)
    return True


def requeue(mail: OutboxMail) -> None:
    """Begin anew with a mail that was sent or given up; inside a command."""
    mail.state, mail.attempts, mail.fault = MailState.WAITING, 0, ""
    mail.due_at, mail.claimed_until, mail.sent_at = clock.now(), None, None
    after_commit(lambda: _wake())
