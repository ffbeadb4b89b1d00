"""The outbox: every mail is a row written with the change it tells of, and sent afterwards.

One row per event and receiver: a person, or an address that is nobody's yet. One worker claims a
row at a time; its Message-ID never changes, so a mail sent twice after a crash is seen as one by
the receiver. A row keeps the template's name and values; `web` renders it in the reader's language
when it is sent. What can wait for the weekly mail lies until Monday morning; then all of it goes to
its receiver as one.
"""

import hashlib
import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, false, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core import clock
from pilot.core.calendar import Invitation
from pilot.core.clock import OSLO
from pilot.core.db import Base, FreeText, db
from pilot.core.facts import holds_demo_data
from pilot.core.unit import after_commit, command

CLAIM = timedelta(minutes=5)
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
DEMO_DOMAIN = ".example"
WEEKLY_AT = time(7, 0)  # on Mondays, by the clock in Oslo
WEEKLY_MOST = 50  # letters in one weekly mail; the rest go in another


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"  # taken back before it was sent; kept as a trace


class OutboxMail(Base):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        UniqueConstraint("event_uid", "person_id"),
        UniqueConstraint("event_uid", "address"),
    )

    event_uid: Mapped[str] = mapped_column(String(32))
    person_id: Mapped[int | None]  # none: the address is not a person's yet
    address: Mapped[str] = mapped_column(String(320))
    locale: Mapped[str] = mapped_column(String(2))
    template: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(FreeText, default="")
    calendar: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    is_weekly: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(200), default="")


#: Turns a row, or the rows of a weekly mail, into a message in the reader's language.
Render = Callable[[Sequence[OutboxMail]], EmailMessage]


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
    can_wait: bool = False,
    due_at: datetime | None = None,
    calendar: Invitation | None = None,
) -> None:
    """Write a mail in the transaction of the change it tells of; `note` is what a person wrote.

    It is sent at once, or when it is `due_at`; `can_wait`: the receiver wants it once a week. With
    a `calendar` it carries a file. One who is not a person of the site has no `person_id`.
    """
    now = clock.now()
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
            is_weekly=can_wait,
            due_at=due_at or (next_weekly(now) if can_wait else now),
            created_at=now,
        )
    )
    after_commit(lambda: _wake())


def next_weekly(now: datetime) -> datetime:
    """The next Monday morning, by the clock in Oslo."""
    here = now.astimezone(OSLO)
    monday = here.date() + timedelta(days=-here.weekday() % 7)
    this_week = datetime.combine(monday, WEEKLY_AT, OSLO)
    if this_week > here:
        return this_week
    return datetime.combine(monday + timedelta(days=7), WEEKLY_AT, OSLO)


def _mark(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]


@command
def claim() -> int | None:
    """Take the next due mail for this worker, a weekly one with all that goes in it; another
    worker passes them by."""
    now = clock.now()
    free = or_(OutboxMail.claimed_until.is_(None), OutboxMail.claimed_until < now)
    due = (
        select(OutboxMail)
        .where(OutboxMail.state == MailState.WAITING, OutboxMail.due_at <= now, free)
        .order_by(OutboxMail.due_at, OutboxMail.id)
        .with_for_update(skip_locked=True)
    )
    mail = db.session.scalar(due.limit(1))
    if mail is None:
        return None
    mail.claimed_until = now + CLAIM
    if mail.is_weekly:
        same = due.where(OutboxMail.is_weekly, OutboxMail.address == mail.address)
        for other in db.session.scalars(same.limit(WEEKLY_MOST - 1)):
            other.claimed_until = mail.claimed_until
    return mail.id


def _bundle(mail: OutboxMail) -> list[OutboxMail]:
    """What was claimed together: the mail alone, or all letters of a weekly one."""
    if not mail.is_weekly:
        return [mail]
    together = select(OutboxMail).where(
        OutboxMail.is_weekly,
        OutboxMail.address == mail.address,
        OutboxMail.state == MailState.WAITING,
        OutboxMail.claimed_until == mail.claimed_until,
    )
    return list(db.session.scalars(together.order_by(OutboxMail.id)))


@command
def settle(mail_id: int, *, fault: str | None, final: bool = False) -> None:
    """Note how a try went; a passing fault is tried again later, five times in all."""
    mail = db.session.get_one(OutboxMail, mail_id, with_for_update=True)
    mail.attempts += 1
    mail.claimed_until = None
    mail.fault = (fault or "")[:200]
    if fault is None:
        mail.state, mail.sent_at = MailState.SENT, clock.now()
    elif mail.state is MailState.STOPPED:
        return  # stopped while it was on its way: it did not arrive, and nobody is to send it again
    elif final or mail.attempts > len(WAITS):
        mail.state = MailState.FAILED
    else:
        mail.due_at = clock.now() + WAITS[mail.attempts - 1]


def deliver_next(render: Render, transport: Callable[[], smtplib.SMTP]) -> bool:
    """Claim and send one mail; False when none is due. Holds no transaction while it sends."""
    mail_id = claim()
    if mail_id is None:
        return False
    mails = _bundle(db.session.get_one(OutboxMail, mail_id))
    ids = [mail.id for mail in mails]
    if holds_demo_data() and not mails[0].address.endswith(DEMO_DOMAIN):
        _settle_all(ids, fault="demo data: mail goes to *.example only", final=True)
        return True
    try:
        message = render(mails)
    except Exception as fault:  # a mail that cannot be made must not stop those behind it
        logging.getLogger(__name__).exception("mail %s cannot be rendered", mail_id)
        _settle_all(ids, fault=f"cannot be rendered: {type(fault).__name__}")
        return True
    db.session.rollback()
    _send(message, ids, transport)
    return True


def _send(message: EmailMessage, ids: list[int], transport: Callable[[], smtplib.SMTP]) -> None:
    try:
        with transport() as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        _settle_all(ids, fault=f"refused: {refusal}", final=True)
    except (OSError, smtplib.SMTPException) as fault:
        _settle_all(ids, fault=f"{type(fault).__name__}: {fault}")
    else:
        _settle_all(ids, fault=None)


def _settle_all(ids: list[int], *, fault: str | None, final: bool = False) -> None:
    for mail_id in ids:
        settle(mail_id, fault=fault, final=final)


def requeue(mail: OutboxMail) -> None:
    """Begin anew with a mail that was sent or given up; inside a command."""
    mail.state, mail.attempts, mail.fault = MailState.WAITING, 0, ""
    mail.due_at, mail.claimed_until, mail.sent_at = clock.now(), None, None
    after_commit(lambda: _wake())


def stop(event_uid: str) -> int:
    """Take back what waits of an event, in a command; answers how many. What a worker has in its
    hands at this moment may still arrive, and is then shown as sent."""
    waiting = (OutboxMail.event_uid == event_uid, OutboxMail.state == MailState.WAITING)
    ids = db.session.scalars(select(OutboxMail.id).where(*waiting).with_for_update()).all()
    changed = update(OutboxMail).where(OutboxMail.id.in_(ids)).values(state=MailState.STOPPED)
    db.session.execute(changed.execution_options(synchronize_session=False))
    return len(ids)
