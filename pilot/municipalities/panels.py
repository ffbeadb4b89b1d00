"""What the register shows in others' pages: search hits."""

from collections.abc import Iterable

from pilot.core.policy import Actor
from pilot.core.registry import Hit, Hits, link
from pilot.core.words import say
from pilot.municipalities import queries


def hits(_actor: Actor, text: str) -> Iterable[Hits]:
    """Municipalities and hospital trusts that hold every word; open to everyone."""
    places, total = queries.hits(text)
    rows = (
        Hit(place.name, place.number, link("overview.municipality", number=place.number), "nb")
        for place in places
    )
    yield Hits(say("Kommuner"), tuple(rows), total, link("municipalities.index", q=text))
    trusts = tuple(
        Hit(name, "", link("municipalities.trust", key=key), "nb")
        for key, name in queries.trust_hits(text)
    )
    yield Hits(say("Helseforetak"), trusts, len(trusts), link("municipalities.trusts"))
