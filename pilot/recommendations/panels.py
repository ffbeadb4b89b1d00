"""What documents show in others' pages: what is on consultation, search hits, a figure."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Found, Hit, Need, Search, Tally, link
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


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("recommendations.show", key=found.key), found.lang)


SEARCH = Search(
    say("Rammer og anbefalinger"), queries.hits, _hit, lambda _q: link("recommendations.index")
)


def figures(_actor: Actor) -> Iterable[Figure]:
    words = say("fastsatte rammer og anbefalinger")
    yield Figure(words, queries.adopted(), link("recommendations.index"))
