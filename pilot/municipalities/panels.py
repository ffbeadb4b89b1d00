"""What the register shows in others' pages: search hits."""

from collections.abc import Iterable

from pilot.core.policy import Actor
from pilot.core.registry import Hit, link
from pilot.core.words import say
from pilot.municipalities import queries


def hits(_actor: Actor, text: str) -> Iterable[Hit]:
    """Municipalities and hospital trusts that hold every word; open to everyone."""
    for place in queries.hits(text):
        yield Hit(
            kind=say("Kommune"),
            title=place.name,
            ref=place.number,
            link=link("overview.municipality", number=place.number),
            lang="nb",
        )
    for key, name in queries.trust_hits(text):
        yield Hit(
            kind=say("Helseforetak"),
            title=name,
            ref="",
            link=link("municipalities.trust", key=key),
            lang="nb",
        )
