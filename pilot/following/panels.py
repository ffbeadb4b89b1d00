"""What mail and messages show on the overview."""

from collections.abc import Iterable

from pilot.core.outbox import MailState
from pilot.core.policy import Actor, allows
from pilot.core.registry import Need, link
from pilot.core.words import say, say_many
from pilot.following import queries
from pilot.following.permissions import MailPermission


def needs(actor: Actor) -> Iterable[Need]:
    if not allows(actor, MailPermission.OUTBOX_READ):
        return
    failed = queries.counts(actor).get(MailState.FAILED, 0)
    if failed:
        yield Need(
            title=say("Se på e-post som ikke kom fram"),
            why=say_many("Én er ikke sendt.", "%(n)s er ikke sendt.", failed),
            link=link("following.outbox", tilstand=MailState.FAILED.value),
            icon="ExclamationmarkTriangle",
            color="danger",
        )
    drafts = queries.drafts(actor)
    if drafts:
        yield Need(
            title=say("Send meldinger som er utkast"),
            why=say_many("Én er ikke sendt.", "%(n)s er ikke sendt.", drafts),
            link=link("messages.index"),
            icon="EnvelopeClosed",
            color="neutral",
        )
