"""What KS can do with mail."""

from pilot.core import audit, outbox
from pilot.core.db import ID_MOST, db
from pilot.core.errors import Conflict, Missing
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say
from pilot.following import queries
from pilot.following.permissions import MailPermission

DEAD_LINK = say(
    "Lenken i e-posten er brukt, erstattet eller gått ut. Lag en ny invitasjon, eller be om en "
    "ny lenke."
)


@command
def resend(actor: Actor, mail_id: int) -> None:
    """Put a mail back in line; its Message-ID stays, so that a copy is seen as one."""
    require(actor, MailPermission.RESEND)
    mail = db.session.get(OutboxMail, min(mail_id, ID_MOST), with_for_update=True)
    if mail is None:
        raise Missing
    if mail.state is MailState.WAITING:
        raise Conflict(say("E-posten venter allerede på å bli sendt."))
    if mail.state is MailState.STOPPED:
        raise Conflict(say("E-posten ble stoppet. Lag en ny melding hvis den skal sendes likevel."))
    if queries.has_dead_link(mail):
        raise Conflict(DEAD_LINK)
    outbox.requeue(mail)
    audit.record(actor, "mail resent", mail)
