"""What the vendor dialogue shows in others' pages: needs, figures, a chart, search hits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from textwrap import shorten
from typing import Any

from sqlalchemy import ScalarSelect

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
    Settles,
    Standing,
    Survey,
    Tally,
    link,
)
from pilot.core.words import say, say_many
from pilot.dialogue import queries
from pilot.dialogue.permissions import DialoguePermission

SHOWN = 3  # of each kind; the list shows the rest
HIT_MOST = 150  # characters of a question in a list of hits


def needs(actor: Actor) -> Iterable[Need]:
    """What waits for this actor before a session: derived, one statement."""
    if actor.is_ks:
        yield from _needs_of_ks(actor)
        return
    for number, title, starts_at in queries.soon(actor, SHOWN):
        yield Need(
            title=say("Du skal i møte: %(title)s", title=title),
            why=say("Møtet er %(day)s.", day=starts_at),
            link=link("dialogue.show", session_id=number),
            icon="Calendar",
            color="info",
        )


def _needs_of_ks(actor: Actor) -> Iterable[Need]:
    for session in queries.attention(actor, SHOWN):
        if session.lacks_link:
            yield Need(
                title=say("Legg inn møtelenke: %(title)s", title=session.title),
                why=say("Møtet er %(day)s, og mangler lenke.", day=session.starts_at),
                link=link("dialogue.edit", session_id=session.id),
                icon="Link",
                color="warning",
            )
        if session.waitlisted:
            yield Need(
                title=say("Se på ventelisten: %(title)s", title=session.title),
                why=say_many("Én venter på plass.", "%(n)s venter på plass.", session.waitlisted),
                link=link("dialogue.attendance", session_id=session.id),
                icon="Hourglass",
                color="info",
            )


def _tally_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if allows(actor, DialoguePermission.MANAGE):
        return *queries.unfinished(actor), *queries.unanswered(actor)
    return queries.open_to(actor) if allows(actor, DialoguePermission.REGISTER) else ()


def _told(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    """For KS, sessions that are over and questions that wait; for a vendor, sessions that nobody
    of its own comes to."""
    count, since, *questions = found
    if count:
        yield _over(count, since) if actor.is_ks else _open(count)
    if questions and questions[0]:
        yield _unanswered(*questions)


def _over(count: int, since: datetime) -> Need:
    return Need(
        title=say("Registrer hvem som kom"),
        why=say_many(
            "Ett møte er over, og er ikke satt som gjennomført.",
            "%(n)s møter er over, og er ikke satt som gjennomført.",
            count,
        ),
        link=link("dialogue.index", vis="tidligere"),
        icon="ClipboardCheckmark",
        color="warning",
        since=since,
    )


def _unanswered(count: int, since: datetime) -> Need:
    return Need(
        title=say("Svar på spørsmål fra leverandører"),
        why=say_many("Ett spørsmål venter på svar.", "%(n)s spørsmål venter på svar.", count),
        link=link("dialogue.incoming"),
        icon="QuestionmarkCircle",
        color="warning",
        since=since,
    )


def _open(count: int) -> Need:
    return Need(
        title=say("Meld dere på dialogmøter"),
        why=say_many(
            "Ett møte er åpent for påmelding, og ingen fra dere er påmeldt.",
            "%(n)s møter er åpne for påmelding, og ingen fra dere er påmeldt.",
            count,
        ),
        link=link("dialogue.index"),
        icon="Calendar",
        color="info",
    )


NEEDS = Tally(_tally_numbers, _told)


# --- figures and the chart ---------------------------------------------------------------------


def _figure_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if allows(actor, DialoguePermission.MANAGE):
        return *queries.coming(actor), *queries.attending(actor)
    own = queries.own(actor) if allows(actor, DialoguePermission.REGISTER) else ()
    return *queries.coming(actor), *own


def _figures(actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    """How many come is for KS; a vendor counts its own, and nobody counts the others'."""
    coming, *told = found
    index = link("dialogue.index")
    if actor.is_ks and coming:
        confirmed, waiting, places = told
        words = say("påmeldte til kommende dialogmøter")
        yield Figure(words, confirmed, index, places, _waiting(waiting), order=40)
        return
    words = say_many("kommende dialogmøte", "kommende dialogmøter", coming)
    yield Figure(words, coming, index, order=40)
    if told and not actor.is_ks:
        confirmed, waiting = told
        words = say_many("påmeldt fra dere", "påmeldte fra dere", confirmed)
        yield Figure(words, confirmed, link("dialogue.mine"), note=_waiting(waiting), order=41)


def _waiting(count: int) -> Note | None:
    words = say_many("Én på venteliste", "%(n)s på venteliste", count)
    return Note(words, "info", "Hourglass") if count else None


FIGURES = Tally(_figure_numbers, _figures)


def _survey(_actor: Actor, rows: Sequence[Counted]) -> Bars:
    confirmed = sum(row[1] for row in rows)
    return Bars(
        title=say_many(
            "Én er påmeldt til kommende møter",
            "%(n)s er påmeldt til kommende møter",
            confirmed,
        )
        if confirmed
        else say("Ingen er påmeldt til kommende møter ennå"),
        subtitle=say("Påmeldte, ledige plasser og venteliste for hvert møte. Bare KS ser dette."),
        columns=(say("Møte"), say("Bekreftet"), say("Ledige"), say("På venteliste")),
        rows=tuple(rows),
        drawn=3,
        start=(say("Lag et dialogmøte"), link("dialogue.add")),
    )


SURVEY = Survey(
    "pameldinger",
    lambda actor: queries.seats(actor) if allows(actor, DialoguePermission.MANAGE) else None,
    _survey,
    order=40,
)


# --- search and standing -----------------------------------------------------------------------


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("dialogue.show", session_id=int(found.key)), found.lang)


SEARCH = Search(
    say("Dialogmøter"),
    _hit,
    lambda _q: link("dialogue.index"),
    rows=lambda actor, _locale: queries.session_lines(actor),
)


def _answer_hit(found: Found) -> Hit:
    """Where the pair stands, among all that were published with it."""
    batch, answer = found.key.split("-")
    where = link("dialogue.batch", batch_id=int(batch), _anchor=f"svar-{answer}")
    return Hit(shorten(found.title, HIT_MOST, placeholder="…"), "", where, found.lang)


#: What is published, for everyone. Questions as they were received are in no search at all.
ANSWERS = Search(
    say("Spørsmål og svar"),
    _answer_hit,
    lambda _q: link("dialogue.answers"),
    rows=lambda actor, _locale: queries.answer_lines(actor),
)


def _standing(count: int) -> Standing:
    """How far the dialogue has come; that a round is summarised is not recorded yet."""
    if not count:
        return Standing("unresolved", say("Ingen dialogrunde er gjennomført og oppsummert."))
    return Standing(
        "partly",
        say_many(
            "Ett møte er gjennomført. Ingen dialogrunde er oppsummert.",
            "%(n)s møter er gjennomført. Ingen dialogrunde er oppsummert.",
            count,
        ),
    )


SETTLES = Settles(queries.held, _standing)
