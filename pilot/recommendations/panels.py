"""What documents show in others' pages: what is on consultation, search hits, a figure."""

from collections.abc import Iterable

from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Hit, Hits, Need, link
from pilot.core.words import say
from pilot.recommendations import queries
from pilot.recommendations.permissions import DocumentPermission


def needs(actor: Actor) -> Iterable[Need]:
    """Documents on consultation that the organisation has not said anything about."""
    if not allows(actor, DocumentPermission.INPUT_GIVE):
        return
    for row in queries.in_consultation(actor):
        yield Need(
            title=say("Skriv innspill til «%(title)s»", title=row.title),
            why=say("Siste dag er %(day)s.", day=row.closes_on),
            link=link("recommendations.give_input", key=row.key),
            icon="Chat2",
            color="info",
        )


def hits(actor: Actor, q: str) -> Iterable[Hits]:
    rows = tuple(
        Hit(row.title, "", link("recommendations.show", key=row.key), "nb")
        for row in queries.hits(actor, q)
    )
    yield Hits(say("Rammer og anbefalinger"), rows, len(rows), link("recommendations.index"))


def figures(_actor: Actor) -> Iterable[Figure]:
    words = say("fastsatte rammer og anbefalinger")
    yield Figure(words, queries.adopted(), link("recommendations.index"))
