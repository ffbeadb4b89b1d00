"""What the core team shows in others' pages: needs, figures, a chart, search hits, its standing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.clock import OSLO
from pilot.core.finding import FEW
from pilot.core.policy import Actor, allows
from pilot.core.registry import (
    Bars,
    Counted,
    Figure,
    Found,
    Hit,
    Link,
    Need,
    Note,
    Search,
    Settles,
    Standing,
    Survey,
    Tally,
    link,
)
from pilot.core.words import Message, say, say_many
from pilot.coreteam import queries
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.rules import FOUNDING, SIDE_WORDS, Side
from pilot.web.i18n import translate

# --- what waits for KS -------------------------------------------------------------------------


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.waiting() if allows(actor, TeamPermission.MANAGE) else ()


def _needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    """Vacant seats, and periods that end soon."""
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


NEEDS = Tally(_need_numbers, _needs)


# --- how it is made up; open to everyone -------------------------------------------------------


def _figures(_actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    filled, seats = found
    vacant = say_many("Én er ledig", "%(n)s er ledige", seats - filled)
    note = Note(vacant, "info", "PersonPlus") if seats > filled else None
    words = say("plasser er fylt i kjerneteamet")
    yield Figure(words, filled, link("coreteam.index"), seats, note, order=50)


FIGURES = Tally(lambda _actor: queries.filled(), _figures)


def bars(rows: Sequence[Counted], start: tuple[Message, Link] | None = None) -> Bars:
    """Filled and vacant seats by side, in the order of the sides."""
    counted = {code: (filled, seats - filled) for code, filled, seats, _ in rows}
    sides = [side for side in Side if side in counted]
    return Bars(
        title=_title(sum(row[1] for row in rows), sum(row[2] for row in rows)),
        subtitle=say("Antall fylte og ledige plasser på hver side."),
        columns=(say("Side"), say("Fylte plasser"), say("Ledige plasser")),
        rows=tuple((translate(SIDE_WORDS[side]), *counted[side]) for side in sides),
        drawn=2,
        start=start,
    )


def _title(filled: int, total: int) -> Message:
    if not total:
        return say("Kjerneteamet har ingen plasser ennå")
    if filled == total:
        return say("Alle plassene i kjerneteamet er fylt: %(total)s", total=total)
    return say("%(filled)s av %(total)s plasser i kjerneteamet er fylt", filled=filled, total=total)


def _survey(actor: Actor, rows: Sequence[Counted]) -> Bars:
    start = (say("Legg til den første plassen"), link("coreteam.add_seat"))
    return bars(rows, start if allows(actor, TeamPermission.MANAGE) else None)


SURVEY = Survey(
    "kjerneteam",
    lambda _actor: queries.by_side(),
    _survey,
    order=30,
    is_open=True,
)


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("coreteam.seat", seat_id=int(found.key)), found.lang)


SEARCH = Search(
    say("Plasser i kjerneteamet"),
    _hit,
    lambda _q: link("coreteam.index"),
    rows=lambda _actor, _locale: queries.seat_lines(),
    most=FEW,
)


def _standing(there: int) -> Standing:
    """How far the team has come: each of the four sides has at least one who sits there."""
    if not there:
        return Standing("unresolved", say("Ingen er oppnevnt til kjerneteamet."))
    if there == len(FOUNDING):
        return Standing("resolved", say("Alle de fire sidene har medlemmer i kjerneteamet."))
    words = say("%(there)s av %(all)s sider har medlemmer.", there=there, all=len(FOUNDING))
    return Standing("partly", words)


SETTLES = Settles(queries.founding_sides, _standing)
