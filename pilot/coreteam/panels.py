"""What the core team shows in others' pages: needs, search hits, and how far it has come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.clock import OSLO
from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Found, Hit, Need, Search, Standing, Tally, link
from pilot.core.words import say, say_many
from pilot.coreteam import queries
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.rules import FOUNDING


def numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.waiting() if allows(actor, TeamPermission.MANAGE) else ()


def needs(found: Sequence[Any]) -> Iterable[Need]:
    """Vacant seats, and periods that end soon; for KS."""
    vacant, ending, day = found
    if vacant:
        yield Need(
            title=say("Fyll ledige plasser i kjerneteamet"),
            why=say_many("Én plass er ledig.", "%(n)s plasser er ledige.", vacant),
            link=link("coreteam.index"),
            icon="PersonPlus",
            color="info",
        )
    if ending:
        yield Need(
            title=say("Se på oppnevninger som snart går ut"),
            why=say_many("Én går ut innen en måned.", "%(n)s går ut innen en måned.", ending),
            link=link("coreteam.index"),
            icon="Calendar",
            color="warning",
            since=datetime(day.year, day.month, day.day, tzinfo=OSLO),
        )


TALLY = Tally(numbers, needs)


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("coreteam.seat", seat_id=int(found.key)), found.lang)


SEARCH = Search(
    say("Plasser i kjerneteamet"), queries.hits, _hit, lambda _q: link("coreteam.index")
)


def figures(_actor: Actor) -> Iterable[Figure]:
    filled = sum(queries.composition().filled.values())
    yield Figure(say("fylte plasser i kjerneteamet"), filled, link("coreteam.index"))


def standing() -> Standing:
    """How far the team has come: each of the four sides has at least one who sits there."""
    filled = queries.composition().filled
    there = sum(1 for side in FOUNDING if filled[side])
    if not there:
        return Standing("unresolved", say("Ingen er oppnevnt til kjerneteamet."))
    if there == len(FOUNDING):
        return Standing("resolved", say("Alle de fire sidene har medlemmer i kjerneteamet."))
    words = say("%(there)s av %(all)s sider har medlemmer.", there=there, all=len(FOUNDING))
    return Standing("partly", words)
