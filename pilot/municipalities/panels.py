"""What the register shows in others' pages: search hits."""

from pilot.core.finding import FEW
from pilot.core.registry import Found, Hit, Search, link
from pilot.core.words import say
from pilot.municipalities import queries


def _place(found: Found) -> Hit:
    return Hit(found.title, found.key, link("overview.municipality", number=found.key), found.lang)


def _trust(found: Found) -> Hit:
    return Hit(found.title, "", link("municipalities.trust", key=found.key), found.lang)


#: Open to everyone.
SEARCHES = (
    Search(
        say("Kommuner"),
        _place,
        lambda q: link("municipalities.index", q=q),
        asks=lambda _actor, q: queries.hits(q),
    ),
    Search(
        say("Helseforetak"),
        _trust,
        lambda _q: link("municipalities.trusts"),
        rows=lambda _actor, _locale: queries.trust_lines(),
        most=FEW,
    ),
)
