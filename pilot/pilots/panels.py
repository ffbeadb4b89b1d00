"""What pilots show in others' pages: a panel beside a story, search hits, a figure."""

from collections.abc import Iterable

from pilot.core.policy import Actor
from pilot.core.registry import Figure, Found, Hit, Panel, Search, Thing, link
from pilot.core.words import say
from pilot.pilots import queries


def beside(actor: Actor, thing: Thing) -> Panel | None:
    """Pilots that try out the story."""
    rows = queries.of_story(actor, thing.id) if thing.kind == "story" else ()
    return Panel("pilots/_beside.html", rows) if rows else None


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("pilots.show", pilot_id=int(found.key)), found.lang)


SEARCH = Search(say("Utprøvinger"), queries.hits, _hit, lambda _q: link("pilots.index"))


def figures(_actor: Actor) -> Iterable[Figure]:
    """What is released, for whoever reads."""
    yield Figure(say("utprøvinger alle kan lese om"), queries.released(), link("pilots.index"))
