"""Mail about accounts: one letter, with its words in `letters.py`. A helper inside commands."""

from typing import Any

from sqlalchemy import select

from pilot.core import outbox
from pilot.core.db import db
from pilot.core.outbox import MailState, OutboxMail

TEMPLATE = "accounts/mail/letter"


def tell(
    uid: str,
    letter: str,
    *,
    address: str,
    locale: str | None,
    person_id: int | None = None,
    note: str = "",
    **about: Any,
) -> None:
    """Write a letter to an address, in the transaction of what it tells of."""
    outbox.post(
        event_uid=uid,
        person_id=person_id,
        address=address,
        locale=locale or "nb",
        template=TEMPLATE,
        values={"letter": letter, "about": about},
        note=note,
    )


def stop_invitation(address: str, invitation_id: int) -> None:
    """Take back what waits of an invitation: its link is worth nothing any more."""
    waiting = select(OutboxMail.event_uid).where(
        OutboxMail.state == MailState.WAITING,
        OutboxMail.address == address,
        OutboxMail.template == TEMPLATE,
        OutboxMail.values["about"]["invitation"].as_integer() == invitation_id,
    )
    for uid in db.session.scalars(waiting).all():
        outbox.stop(uid)
