"""What accounts show on the overview: those who ask to come in, and groups not yet set."""

from collections.abc import Iterable

from pilot.accounts import queries
from pilot.accounts.permissions import AccountPermission
from pilot.core.policy import Actor, allows
from pilot.core.registry import Need, link
from pilot.core.words import say, say_many


def needs(actor: Actor) -> Iterable[Need]:
    if not allows(actor, AccountPermission.REQUESTS_READ):
        return
    waiting = queries.waiting(actor)
    if waiting.requests:
        yield Need(
            title=say("Svar dem som ber om tilgang"),
            why=say_many("Én venter på svar.", "%(n)s venter på svar.", waiting.requests),
            link=link("accounts.requests"),
            icon="PersonPlus",
            color="info",
            since=waiting.since,
        )
    if waiting.unmapped:
        yield Need(
            title=say("Knytt leverandører til konsern"),
            why=say_many(
                "Én leverandør har skrevet hvilket konsern den hører til.",
                "%(n)s leverandører har skrevet hvilket konsern de hører til.",
                waiting.unmapped,
            ),
            link=link("accounts.organisations", vis="konsern-mangler"),
            icon="Branching",
            color="neutral",
        )
