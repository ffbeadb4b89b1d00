"""Reading the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require
from pilot.following.permissions import MailPermission


@dataclass(frozen=True)
class MailRow:
    """A mail as the outbox shows it; what it says is drawn from its template and values."""

    id: int
    address: str
    locale: str
    template: str
    values: Mapping[str, Any]
    note: str
    state: MailState
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    fault: str


def mails(actor: Actor, state: str, page: int) -> Page[MailRow]:
    """Mail, newest first; of one state, when one is named."""
    require(actor, MailPermission.OUTBOX_READ)
    chosen = [OutboxMail.state == one for one in MailState if one.value == state]
    total = db.session.scalar(select(func.count(OutboxMail.id)).where(*chosen)) or 0
    number = within(page, total)
    rows = db.session.scalars(
        select(OutboxMail)
        .where(*chosen)
        .order_by(OutboxMail.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(map(_row, rows)), number, total)


def mail(actor: Actor, mail_id: int) -> MailRow:
    require(actor, MailPermission.OUTBOX_READ)
    found = db.session.get(OutboxMail, mail_id)
    if found is None:
        raise Missing
    return _row(found)


def _row(mail: OutboxMail) -> MailRow:
    return MailRow(
        mail.id,
        mail.address,
        mail.locale,
        mail.template,
        MappingProxyType(_without_secrets(mail.values)),
        mail.note,
        mail.state,
        mail.created_at,
        mail.sent_at,
        mail.attempts,
        mail.fault,
    )


def _without_secrets(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a mail says, without what its one-time link is made of: the link is the receiver's."""
    return {
        key: "" if key == "salt" else _without_secrets(value) if isinstance(value, dict) else value
        for key, value in values.items()
    }


def counts(actor: Actor) -> dict[MailState, int]:
    require(actor, MailPermission.OUTBOX_READ)
    rows = db.session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state))
    return {state: n for state, n in rows}  # noqa: C416  # a Row is no pair to mypy
