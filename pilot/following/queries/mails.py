"""Reading the outbox."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from pilot.accounts.queries import salts_that_work
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.facts import holds_demo_data
from pilot.core.outbox import DEMO_DOMAIN, MailState, OutboxMail
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, require
from pilot.following.permissions import MailPermission

RESENDABLE = (MailState.SENT, MailState.FAILED)


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
    shows_link: bool  # the one-time link is there to read: in a demo alone
    has_dead_link: bool  # its one-time link is used, replaced or expired

    @property
    def may_be_resent(self) -> bool:
        return self.state in RESENDABLE and not self.has_dead_link


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
    ).all()
    alive = salts_that_work(map(_salt, rows))
    return Page(tuple(_row(row, alive) for row in rows), number, total)


def mail(actor: Actor, mail_id: int) -> MailRow:
    """A mail; with its one-time link in a demo, where there may be no mailbox to read it in."""
    require(actor, MailPermission.OUTBOX_READ)
    found = db.session.get(OutboxMail, mail_id)
    if found is None:
        raise Missing
    alive = salts_that_work([_salt(found)])
    is_invented = found.address.endswith(DEMO_DOMAIN)  # nobody's mailbox: a secret of no person
    return _row(found, alive, shows_link=bool(alive) and is_invented and holds_demo_data())


def has_dead_link(mail: OutboxMail) -> bool:
    """Whether its one-time link is used, replaced or expired; for a command that has asked."""
    return bool(_salt(mail)) and not salts_that_work([_salt(mail)])


def _salt(mail: OutboxMail) -> str:
    """What the mail's one-time link is made of, if it has one."""
    about = mail.values.get("about")
    return str(about.get("salt", "")) if isinstance(about, dict) else ""


def _row(mail: OutboxMail, alive: Collection[str], *, shows_link: bool = False) -> MailRow:
    values = mail.values if shows_link else _without_secrets(mail.values)
    return MailRow(
        mail.id,
        mail.address,
        mail.locale,
        mail.template,
        MappingProxyType(values),
        mail.note,
        mail.state,
        mail.created_at,
        mail.sent_at,
        mail.attempts,
        mail.fault,
        shows_link,
        bool(_salt(mail)) and _salt(mail) not in alive,
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
