"""Messages, for those who may send them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select

from pilot.core.db import ID_MOST, db
from pilot.core.errors import Missing
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, allows, require
from pilot.core.readers import NOW
from pilot.core.tallies import number_of
from pilot.core.texts import Texts
from pilot.core.words import LOCALES
from pilot.core.written import Shown
from pilot.following.models import MailMessage
from pilot.following.permissions import MailPermission
from pilot.following.rules import MessageState, Tally, standing


@dataclass(frozen=True, slots=True)
class MessageRow:
    id: int
    subject: str
    audience: str
    audience_name: str
    state: MessageState
    send_at: datetime | None
    changed_at: datetime
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePage:
    id: int
    shown: tuple[Shown, ...]  # in each language that it is written in
    texts: Texts
    audience: str
    audience_name: str
    state: MessageState
    is_draft: bool
    revision: int
    send_at: datetime | None
    receivers: int
    tally: Tally


def visible_message(actor: Actor, message_id: int, *, for_update: bool = False) -> MailMessage:
    require(actor, MailPermission.MESSAGE)
    wanted = select(MailMessage).where(MailMessage.id == min(message_id, ID_MOST))
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def messages(actor: Actor, number: int) -> Page[MessageRow]:
    """A page of messages, newest first."""
    require(actor, MailPermission.MESSAGE)
    total = db.session.scalar(select(func.count(MailMessage.id))) or 0
    number = within(number, total)
    rows = db.session.scalars(
        select(MailMessage)
        .order_by(MailMessage.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    tallies = _tallies(row.uid for row in rows)
    return Page(tuple(_row(row, tallies[row.uid]) for row in rows), number, total)


def _row(row: MailMessage, tally: Tally) -> MessageRow:
    return MessageRow(
        row.id,
        row.title_nb,
        row.audience,
        row.audience_name,
        standing(row.state, tally),
        row.send_at,
        row.changed_at,
        tally,
    )


def message(actor: Actor, message_id: int) -> MessagePage:
    row = visible_message(actor, message_id)
    tally = tally_of(row.uid)
    return MessagePage(
        id=row.id,
        shown=tuple(row.shown(one) for one in LOCALES if one in row.texts.written),
        texts=row.texts,
        audience=row.audience,
        audience_name=row.audience_name,
        state=standing(row.state, tally),
        is_draft=row.state is MessageState.DRAFT,
        revision=row.revision,
        send_at=row.send_at,
        receivers=row.receivers,
        tally=tally,
    )


def tally_of(uid: str) -> Tally:
    """How it goes with the mail of one message."""
    return _tallies([uid])[uid]


def _tallies(uids: Iterable[str]) -> dict[str, Tally]:
    """How it goes with the mail of each message, in one statement."""
    rows = db.session.execute(
        select(OutboxMail.event_uid, OutboxMail.state, func.count())
        .where(OutboxMail.event_uid.in_(list(uids)))
        .group_by(OutboxMail.event_uid, OutboxMail.state)
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for uid, state, count in rows:
        counted[uid][state.value] = count
    return defaultdict(Tally, {uid: Tally(**states) for uid, states in counted.items()})


def message_of_form(actor: Actor, form_key: str | None) -> MailMessage | None:
    """What a form has stored already, if it was sent before."""
    if not form_key:
        return None
    return db.session.scalar(
        select(MailMessage).where(
            MailMessage.author_id == actor.person_id, MailMessage.form_key == form_key
        )
    )


def unsent(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """Numbers of the overview: mail that failed, and messages that nobody has sent."""
    if not allows(actor, MailPermission.OUTBOX_READ):
        return ()
    return (
        number_of(OutboxMail.id, OutboxMail.state == MailState.FAILED),
        number_of(MailMessage.id, MailMessage.state == MessageState.DRAFT),
    )


def sent(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """A number of the overview: messages whose time has come."""
    if not allows(actor, MailPermission.MESSAGE):
        return ()
    is_due = MailMessage.send_at <= NOW
    return (number_of(MailMessage.id, MailMessage.state == MessageState.SCHEDULED, is_due),)
