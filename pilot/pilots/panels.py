"""What pilots show in others' pages: needs, figures, a chart, search hits, a story's pilots."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.finding import FEW
from pilot.core.policy import Actor, allows
from pilot.core.registry import (
    Bars,
    Counted,
    Figure,
    Found,
    Hit,
    Need,
    Panel,
    Search,
    Settles,
    Standing,
    Step,
    Survey,
    Tally,
    Thing,
    follows_all,
    link,
)
from pilot.core.words import label, say, say_many
from pilot.pilots import queries
from pilot.pilots.permissions import PilotPermission
from pilot.pilots.rules import PilotState
from pilot.web.i18n import current_locale


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.troubled(actor) if allows(actor, PilotPermission.EDIT) else ()


def _needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    (troubled,) = found
    if troubled:
        yield Need(
            title=say("Følg opp utprøvinger som ikke er i rute"),
            why=say_many("Én går ikke som planlagt.", "%(n)s går ikke som planlagt.", troubled),
            link=link("pilots.index"),
            icon="ExclamationmarkTriangle",
            color="warning",
        )


NEEDS = Tally(_need_numbers, _needs)


def _figures(_actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    (known,) = found
    words = say_many("utprøving", "utprøvinger", known)
    yield Figure(words, known, link("pilots.index"), order=70)


FIGURES = Tally(queries.known, _figures)


def _step(_actor: Actor, found: Sequence[Any]) -> Iterable[Step]:
    """What is released, for whoever reads."""
    count, tried = found
    words = say_many("én utprøving er vist for alle", "%(n)s utprøvinger er vist for alle", count)
    yield Step(
        40,
        say("Utprøving"),
        words if count else say("Ikke startet"),
        has_begun=bool(count),
        unsettled=None if tried else say("Hvilke brukerhistorier som prøves ut, er ikke avklart."),
    )


STEP = Tally(lambda _actor: (*queries.released(), queries.stories_tried()), _step)


def _standing(tried: int | None) -> Standing:
    """Whether it is settled which stories are piloted. A priority list says which needs come
    first, not which of them are tried out: that is known when a pilot is released."""
    if tried is None:
        return Standing("unresolved", say("Ingen prioritert liste er besluttet og publisert."))
    if not tried:
        return Standing(
            "partly",
            say(
                "En prioritert liste er publisert. Hvilke av historiene som prøves ut, er ikke "
                "besluttet."
            ),
        )
    return Standing(
        "resolved",
        say_many(
            "Én brukerhistorie prøves ut i en utprøving som er offentliggjort.",
            "%(n)s brukerhistorier prøves ut i utprøvinger som er offentliggjort.",
            tried,
        ),
    )


SETTLES = Settles(queries.tried_of_prioritised, _standing)


def _survey(actor: Actor, rows: Sequence[Counted]) -> Bars:
    counted, locale = {code: count for code, count, *_ in rows}, current_locale()
    total, start = sum(counted.values()), (say("Registrer en utprøving"), link("pilots.add"))
    return Bars(
        title=say_many("Én utprøving", "%(n)s utprøvinger", total)
        if total
        else say("Ingen utprøvinger ennå"),
        subtitle=say("Antall utprøvinger med hver status, av dem du kan lese om."),
        columns=(say("Status"), say("Utprøvinger")),
        rows=tuple((label("pilot", s, locale), counted[s]) for s in PilotState if s in counted),
        start=start if allows(actor, PilotPermission.EDIT) else None,
    )


SURVEY = Survey(
    "utprovinger",
    lambda actor: queries.by_state(actor) if follows_all(actor) else None,
    _survey,
    order=70,
)


def beside(actor: Actor, thing: Thing) -> Panel | None:
    """Pilots that try out the story."""
    rows = queries.of_story(actor, thing.id) if thing.kind == "story" else ()
    return Panel("pilots/_beside.html", rows) if rows else None


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("pilots.show", pilot_id=int(found.key)), found.lang)


SEARCH = Search(
    say("Utprøvinger"),
    _hit,
    lambda _q: link("pilots.index"),
    rows=lambda actor, _locale: queries.pilot_lines(actor),
    most=FEW,
)
