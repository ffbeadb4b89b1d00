"""What rounds and candidates show in others' pages: figures, a step, a chart, hits, a panel."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.candidates import queries
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import CandidateState
from pilot.core.finding import FEW
from pilot.core.policy import Actor, allows
from pilot.core.registry import (
    Bars,
    Counted,
    Figure,
    Found,
    Hit,
    Note,
    Panel,
    Search,
    Settles,
    Standing,
    Step,
    Survey,
    Tally,
    link,
)
from pilot.core.search import names, terms
from pilot.core.words import label, say, say_many
from pilot.web.i18n import current_locale

# --- figures, the step, the chart --------------------------------------------------------------


def _figure_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    """Those that KS handles; to others those that everyone may see."""
    round_id = queries.current_round()[:1]
    partners = queries.partners_known(actor)
    if allows(actor, CandidatePermission.HANDLE):
        return *round_id, *partners, *queries.interested(actor), queries.unread(actor)[0]
    return *round_id, *partners, *queries.open_to_all()


def _figures(actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    round_id, partners, interested, *unread = found
    if round_id and allows(actor, CandidatePermission.HANDLE):
        new = Note(say_many("Én er ny", "%(n)s er nye", unread[0]), "info", "HandHeart")
        words = say_many("kommune har meldt interesse", "kommuner har meldt interesse", interested)
        note = new if unread[0] else None
        yield Figure(words, interested, link("candidates.listed"), note=note, order=20)
    elif round_id:
        words = say_many(
            "kommune viser at den er interessert", "kommuner viser at de er interessert", interested
        )
        shown_at = link("candidates.round_page", round_id=round_id)
        yield Figure(words, interested, shown_at, order=20)
    if partners:
        words = say_many("samarbeidskommune", "samarbeidskommuner", partners)
        yield Figure(words, partners, link("candidates.partners"), order=22)


FIGURES = Tally(_figure_numbers, _figures)


def _step(_actor: Actor, found: Sequence[Any]) -> Iterable[Step]:
    (count,) = found
    is_settled = _standing(count).state == "resolved"
    chosen = say_many("én utprøvingskommune er valgt", "%(n)s utprøvingskommuner er valgt", count)
    yield Step(
        30,
        say("Hvem som prøver ut hva"),
        chosen if is_settled else say("Ikke avklart"),
        has_begun=is_settled,
        unsettled=None if is_settled else say("Hvilke kommuner som prøver ut, er ikke avklart."),
    )


STEP = Tally(lambda _actor: (queries.chosen_and_released(),), _step)


def _survey(_actor: Actor, rows: Sequence[Counted]) -> Bars:
    counted, locale = {code: count for code, count, *_ in rows}, current_locale()
    states = [state for state in CandidateState if state in counted]
    return Bars(
        title=say_many(
            "Én kommune er med i runden", "%(n)s kommuner er med i runden", sum(counted.values())
        )
        if counted
        else say("Ingen kommuner er med i runden ennå"),
        subtitle=say("Antall kommuner med hver status. Bare KS ser dette."),
        columns=(say("Status"), say("Kommuner")),
        rows=tuple((label("candidate", state, locale), counted[state]) for state in states),
        start=(say("Se utprøvingsrundene"), link("candidates.index")),
    )


SURVEY = Survey(
    "kandidater",
    lambda actor: queries.by_state(actor) if allows(actor, CandidatePermission.HANDLE) else None,
    _survey,
    order=20,
)


# --- search, and a municipality's page ---------------------------------------------------------


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("candidates.round_page", round_id=int(found.key)), found.lang)


#: Rounds whose name holds every word; there are few, so the words are compared here.
SEARCH = Search(
    say("Utprøvingsrunder"),
    _hit,
    lambda _q: link("candidates.index"),
    rows=lambda actor, _locale: queries.round_lines(actor),
    holds=lambda found, q: names(found.title, terms(q)),
    most=FEW,
)


def of_municipality(actor: Actor, number: str) -> Panel | None:
    """Where a municipality stands in the current round, on its page."""
    found = queries.standing(actor, number)
    return Panel("candidates/_standing.html", found) if found else None


def own_standing(actor: Actor, _name: str) -> Panel | None:
    """The same on the overview of the municipality itself."""
    if not (actor.municipality_number and allows(actor, CandidatePermission.TAKE_PART)):
        return None
    return of_municipality(actor, actor.municipality_number)


def _standing(count: int) -> Standing:
    """Whether it is settled which municipalities pilot, as far as everyone may know."""
    if not count:
        words = say("Ingen utprøvingskommuner er besluttet og offentliggjort.")
        return Standing("unresolved", words)
    return Standing(
        "resolved",
        say_many(
            "Én utprøvingskommune er besluttet og offentliggjort.",
            "%(n)s utprøvingskommuner er besluttet og offentliggjort.",
            count,
        ),
    )


SETTLES = Settles(queries.chosen_and_released, _standing)
