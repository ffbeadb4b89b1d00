"""What documents show in others' pages: what is on consultation, search hits, a figure."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Hit, Hits, Need, Tally, link
from pilot.core.words import say, say_many
from pilot.recommendations import queries
from pilot.recommendations.permissions import DocumentPermission


def numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.unanswered(actor) if allows(actor, DocumentPermission.INPUT_GIVE) else ()


def needs(found: Sequence[Any]) -> Iterable[Need]:
    """Documents on consultation that the organisation has not said anything about."""
    (count,) = found
    if count:
        yield Need(
            title=say("Skriv innspill til rammer og anbefalinger"),
            why=say_many(
                "Ett dokument er på høring, og dere har ikke svart.",
                "%(n)s dokumenter er på høring, og dere har ikke svart.",
                count,
            ),
            link=link("recommendations.index"),
            icon="Chat2",
            color="info",
        )


TALLY = Tally(numbers, needs)


def hits(actor: Actor, q: str) -> Iterable[Hits]:
    rows = tuple(
        Hit(row.title, "", link("recommendations.show", key=row.key), "nb")
        for row in queries.hits(actor, q)
    )
    yield Hits(say("Rammer og anbefalinger"), rows, len(rows), link("recommendations.index"))


def figures(_actor: Actor) -> Iterable[Figure]:
    words = say("fastsatte rammer og anbefalinger")
    yield Figure(words, queries.adopted(), link("recommendations.index"))
