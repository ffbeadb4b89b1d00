"""What pilots show in others' pages: a panel beside a story, search hits, a figure."""

from collections.abc import Iterable

from pilot.core.policy import Actor
from pilot.core.registry import Figure, Hit, Hits, Panel, Standing, Thing, link
from pilot.core.words import say, say_many
from pilot.pilots import queries
from pilot.priorities import queries as priorities


def beside(actor: Actor, thing: Thing) -> Panel | None:
    """Pilots that try out the story."""
    rows = queries.of_story(actor, thing.id) if thing.kind == "story" else ()
    return Panel("pilots/_beside.html", rows) if rows else None


def hits(actor: Actor, q: str) -> Iterable[Hits]:
    rows = tuple(
        Hit(row.title, "", link("pilots.show", pilot_id=row.id), "nb")
        for row in queries.hits(actor, q)
    )
    yield Hits(say("Utprøvinger"), rows, len(rows), link("pilots.index"))


def figures(_actor: Actor) -> Iterable[Figure]:
    """What is released, for whoever reads."""
    yield Figure(say("utprøvinger alle kan lese om"), queries.released(), link("pilots.index"))


def standing() -> Standing:
    """Whether it is settled which stories are piloted. A priority list says which needs come
    first, not which of them are tried out: that is known when a pilot is released."""
    tried = queries.stories_tried()
    if tried:
        return Standing(
            "resolved",
            say_many(
                "Én brukerhistorie prøves ut i en utprøving som er offentliggjort.",
                "%(n)s brukerhistorier prøves ut i utprøvinger som er offentliggjort.",
                tried,
            ),
        )
    number = priorities.newest()
    if number is None:
        return Standing("unresolved", say("Ingen prioritert liste er besluttet og publisert."))
    return Standing(
        "partly",
        say(
            "Prioritert liste, versjon %(n)s, er publisert. Hvilke av historiene som prøves ut, "
            "er ikke besluttet.",
            n=number,
        ),
    )
