"""Writing to many: a draft, a test to oneself, sent to those the audience holds, and stopped."""

import uuid
from datetime import datetime

from pilot.core import audit, clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.following import queries
from pilot.following.models import MailMessage
from pilot.following.permissions import MailPermission
from pilot.following.queries import Receiver
from pilot.following.queries.audiences import Audiences
from pilot.following.rules import MessageState, MessageText, Tally, message_faults, time_fault

TEMPLATE = "following/mail/message"
CLASHES["uq_mail_message_author_id_form_key"] = say("Meldingen er allerede lagret.")
CLASHES["mail_message.author_id, mail_message.form_key"] = CLASHES[
    "uq_mail_message_author_id_form_key"
]


class Stale(Conflict):
    """The message has changed since the page was opened; nothing was stored or sent."""


@command
def add_message(
    actor: Actor, audiences: Audiences, text: MessageText, *, form_key: str | None = None
) -> MailMessage:
    """Begin a message, as a draft. The same form sent twice is one message."""
    require(actor, MailPermission.MESSAGE)
    stored = queries.message_of_form(actor, form_key)
    if stored is not None:
        return stored
    message = MailMessage(
        uid=uuid.uuid4().hex,
        author_id=actor.person_id,
        form_key=form_key or None,
        state=MessageState.DRAFT,
        revision=0,
        created_at=clock.now(),
    )
    _write(actor, audiences, message, text)
    db.session.add(message)
    db.session.flush()
    audit.record(actor, "message added", message)
    return message


@command
def edit_message(
    actor: Actor, audiences: Audiences, message_id: int, text: MessageText, *, revision: int
) -> MailMessage:
    """Change a draft; `Stale` when someone changed it after `revision`."""
    message = queries.visible_message(actor, message_id, for_update=True)
    require(actor, MailPermission.MESSAGE)
    _refuse_unless(message, MessageState.DRAFT, revision)
    _write(actor, audiences, message, text)
    audit.record(actor, "message changed", message)
    return message


@command
def try_message(actor: Actor, message_id: int) -> str:
    """Send a message to oneself alone, in each language it is written in; answers the address."""
    message = queries.visible_message(actor, message_id)
    require(actor, MailPermission.MESSAGE)
    address = queries.own_address(actor)
    if not actor.person_id or not address:
        raise Rejected(say("Logg inn som en person for å få en test."))
    for locale in message.texts.written:
        uid = audit.record(actor, "message tested", message, locale=locale)
        _post(message, uid, Receiver(actor.person_id, address, locale), is_test=True)
    return address


@command
def send_message(
    actor: Actor,
    audiences: Audiences,
    message_id: int,
    *,
    revision: int,
    send_at: datetime | None = None,
) -> MailMessage:
    """Freeze the receivers and leave a mail for each in the outbox, all due at the same moment.

    Pressed twice, it is sent once. Nobody sees who else gets it.
    """
    message = queries.visible_message(actor, message_id, for_update=True)
    require(actor, MailPermission.MESSAGE)
    _refuse_unless(message, MessageState.DRAFT, revision)
    now = clock.now()
    fault = time_fault(send_at, now) if send_at else None
    if fault:
        raise Rejected(fault, "send_at")
    receivers = queries.receivers(actor, audiences, message.audience)
    if not receivers:
        raise Rejected(say("Ingen får meldingen. Velg andre mottakere."), "audience")
    message.state, message.receivers = MessageState.SCHEDULED, len(receivers)
    message.send_at = max(send_at or now, now)
    message.changed_at = now
    message.revision += 1
    for receiver in receivers:
        _post(message, message.uid, receiver)
    audit.record(actor, "message sent", message, receivers=len(receivers))
    return message


@command
def stop_message(actor: Actor, message_id: int) -> Tally:
    """Take back what has not gone; answers how many had. Refused when everything has."""
    message = queries.visible_message(actor, message_id, for_update=True)
    require(actor, MailPermission.MESSAGE)
    if message.state is not MessageState.SCHEDULED:
        raise Conflict(say("Meldingen er ikke på vei ut."))
    stopped = outbox.stop(message.uid)
    if not stopped:
        raise Conflict(say("Det er for sent å stoppe meldingen. Alle har fått den."))
    message.state, message.changed_at = MessageState.STOPPED, clock.now()
    message.revision += 1
    tally = queries.tally_of(message.uid)
    audit.record(actor, "message stopped", message, stopped=stopped, sent=tally.sent)
    return tally


def _refuse_unless(message: MailMessage, state: MessageState, revision: int) -> None:
    if message.state is not state:
        raise Conflict(say("Meldingen er allerede sendt, og kan ikke endres."))
    if message.revision != revision:
        raise Stale(say("Noen endret meldingen mens du så på den."))


def _write(actor: Actor, audiences: Audiences, message: MailMessage, text: MessageText) -> None:
    found = [*message_faults(text)]
    name = queries.name_of(actor, audiences, text.audience)
    if name is None:
        found.append(("audience", say("Velg hvem som skal få meldingen.")))
    if found:
        refusal = Rejected(found[0][1], found[0][0])
        refusal.found = [*found]
        raise refusal
    message.write(text.texts)
    message.audience, message.audience_name = text.audience, name or ""
    message.changed_at = clock.now()
    message.revision += 1


def _post(message: MailMessage, uid: str, receiver: Receiver, *, is_test: bool = False) -> None:
    """One mail to one person; each copy holds its text, so that it stays what was sent."""
    lang = message.texts.language_for(receiver.locale)
    said = message.texts.of(lang)
    outbox.post(
        event_uid=uid,
        person_id=receiver.person_id,
        address=receiver.address,
        locale=receiver.locale,
        template=TEMPLATE,
        values={"subject": said.title, "text": said.body, "lang": lang, "is_test": is_test},
        due_at=None if is_test else message.send_at,
    )
