"""What mail and messages show on the overview."""

from collections.abc import Iterable, Sequence

from pilot.core.outbox import MailState
from pilot.core.policy import Actor
from pilot.core.registry import Figure, Need, Tally, link
from pilot.core.words import say, say_many
from pilot.following import queries


def _needs(_actor: Actor, found: Sequence[int]) -> Iterable[Need]:
    failed, drafts = found
    if failed:
        yield Need(
            title=say("Se på e-post som ikke kom fram"),
            why=say_many("Én er ikke sendt.", "%(n)s er ikke sendt.", failed),
            link=link("following.outbox", tilstand=MailState.FAILED.value),
            icon="ExclamationmarkTriangle",
            color="danger",
        )
    if drafts:
        yield Need(
            title=say("Send meldinger som er utkast"),
            why=say_many("Én er ikke sendt.", "%(n)s er ikke sendt.", drafts),
            link=link("messages.index"),
            icon="EnvelopeClosed",
            color="neutral",
        )


NEEDS = Tally(queries.unsent, _needs)


def _figures(_actor: Actor, found: Sequence[int]) -> Iterable[Figure]:
    (sent,) = found
    yield Figure(say("meldinger er sendt"), sent, link("messages.index"), order=95)


FIGURES = Tally(queries.sent, _figures)
