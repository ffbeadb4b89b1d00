"""What documents show in others' pages: needs, figures, a chart, search hits."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
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
    Need,
    Note,
    Search,
    Step,
    Survey,
    Tally,
    follows_all,
    link,
)
from pilot.core.words import label, say, say_many
from pilot.recommendations import queries
from pilot.recommendations.permissions import DocumentPermission
from pilot.recommendations.rules import DocumentState
from pilot.web.i18n import current_locale


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if allows(actor, DocumentPermission.INPUT_READ):
        return queries.closed(actor)
    return queries.unanswered(actor) if allows(actor, DocumentPermission.INPUT_GIVE) else ()


def _needs(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    if not found[0]:
        return
    if allows(actor, DocumentPermission.INPUT_READ):
        yield _closed(*found)
    else:
        yield _unanswered(found[0])


def _closed(count: int, day: date) -> Need:
    return Need(
        title=say("Gå gjennom innspillene"),
        why=say_many(
            "Fristen for innspill til ett dokument er ute.",
            "Fristen for innspill til %(n)s dokumenter er ute.",
            count,
        ),
        link=link("recommendations.index"),
        icon="Chat2",
        color="warning",
        since=datetime(day.year, day.month, day.day, tzinfo=OSLO),
    )


def _unanswered(count: int) -> Need:
    """Documents on consultation that the organisation has not said anything about."""
    return Need(
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


NEEDS = Tally(_need_numbers, _needs)


def _figure_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    answers = queries.answers(actor) if allows(actor, DocumentPermission.INPUT_READ) else ()
    return *queries.standing(actor), *answers


def _figures(_actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    adopted, open_now, *answers = found
    note = Note(say_many("Én på høring", "%(n)s på høring", open_now), "info", "Chat2")
    index = link("recommendations.index")
    words = say_many(
        "fastsatt dokument med rammer og anbefalinger", "fastsatte rammer og anbefalinger", adopted
    )
    yield Figure(words, adopted, index, note=note if open_now else None, order=80)
    if answers and answers[0]:
        words = say_many("innspill til en høring", "innspill til høringer", answers[0])
        yield Figure(words, answers[0], index, order=81)


FIGURES = Tally(_figure_numbers, _figures)


def _step(_actor: Actor, found: Sequence[Any]) -> Iterable[Step]:
    """What is adopted or out on consultation, for whoever reads."""
    adopted, open_now = found
    words = say("Ikke startet")
    if adopted:
        words = say_many("én er fastsatt", "%(n)s er fastsatt", adopted)
    elif open_now:
        words = say_many("én er på høring", "%(n)s er på høring", open_now)
    yield Step(50, say("Anbefalinger til anskaffelser"), words, bool(adopted or open_now))


STEP = Tally(lambda _actor: queries.standing(Actor()), _step)


def _survey(actor: Actor, rows: Sequence[Counted]) -> Bars:
    counted, locale = {code: count for code, count, *_ in rows}, current_locale()
    start = (say("Skriv et dokument"), link("recommendations.add"))
    adopted, total = counted.get(DocumentState.ADOPTED, 0), sum(counted.values())
    return Bars(
        title=say("%(n)s av %(total)s rammer og anbefalinger er fastsatt", n=adopted, total=total)
        if total
        else say("Ingen rammer eller anbefalinger ennå"),
        subtitle=say("Antall dokumenter med hver status, av dem du kan lese."),
        columns=(say("Status"), say("Dokumenter")),
        rows=tuple(
            (label("document", state, locale), counted[state])
            for state in DocumentState
            if state in counted
        ),
        start=start if allows(actor, DocumentPermission.WRITE) else None,
    )


SURVEY = Survey(
    "anbefalinger",
    lambda actor: queries.by_state(actor) if follows_all(actor) else None,
    _survey,
    order=60,
)


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("recommendations.show", key=found.key), found.lang)


SEARCH = Search(
    say("Rammer og anbefalinger"),
    _hit,
    lambda _q: link("recommendations.index"),
    rows=lambda actor, _locale: queries.document_lines(actor),
    most=FEW,
)
