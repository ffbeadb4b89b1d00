"""What rounds and candidates show in others' pages: needs, figures, a chart, hits, a panel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.candidates import queries
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import CandidateState, RoundState
from pilot.core import clock
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

# --- what waits for someone --------------------------------------------------------------------


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if allows(actor, CandidatePermission.HANDLE):
        return *queries.current_round(), *queries.unread(actor)
    if allows(actor, CandidatePermission.TAKE_PART):
        return *queries.current_round(), *queries.own_state(actor)
    return ()


def _needs(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    current = Current(*found[:5]) if found[0] else None
    if allows(actor, CandidatePermission.HANDLE):
        yield from _unread(*found[5:])
        yield from _of_round(actor, current) if current else ()
    elif current and current.takes_interest and found[5] in (None, CandidateState.INVITED):
        yield Need(
            title=say("Svar på om kommunen vil være med i utprøvingen"),
            why=say(
                "«%(name)s» er åpen. Fristen er %(day)s.", name=current.name, day=current.closes_on
            ),
            link=link("candidates.interest", round_id=current.id),
            icon="HandHeart",
            color="info",
        )


@dataclass(frozen=True)
class Current:
    """The open round, else the one opened last."""

    id: int
    name: str
    state: RoundState
    closes_on: date
    released_at: datetime | None

    @property
    def takes_interest(self) -> bool:
        return self.state is RoundState.OPEN and clock.today() <= self.closes_on


def _unread(count: int, since: datetime | None) -> Iterable[Need]:
    if count:
        yield Need(
            title=say("Les nye interessemeldinger"),
            why=say_many("Én kommune har skrevet.", "%(n)s kommuner har skrevet.", count),
            link=link("candidates.listed", nye="1"),
            icon="HandHeart",
            color="info",
            since=since,
        )


def _of_round(actor: Actor, current: Current) -> Iterable[Need]:
    if current.state is RoundState.OPEN and not current.takes_interest:
        yield Need(
            title=say("Start vurderingen av kandidatene"),
            why=say("Fristen i «%(name)s» var %(day)s.", name=current.name, day=current.closes_on),
            link=link("candidates.round_page", round_id=current.id),
            icon="Calendar",
            color="warning",
        )
    is_decided = current.state is RoundState.DECIDED and current.released_at is None
    if is_decided and allows(actor, CandidatePermission.ROUND_MANAGE):
        yield Need(
            title=say("Offentliggjør utprøvingskommunene"),
            why=say("«%(name)s» er besluttet. Bare KS ser utfallet.", name=current.name),
            link=link("candidates.release_round", round_id=current.id),
            icon="Megaphone",
            color="support1",
        )


NEEDS = Tally(_need_numbers, _needs)


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
        words = say("kommuner har meldt interesse")
        note = new if unread[0] else None
        yield Figure(words, interested, link("candidates.listed"), note=note, order=20)
    elif round_id:
        words = say("kommuner viser at de er interessert")
        shown_at = link("candidates.round_page", round_id=round_id)
        yield Figure(words, interested, shown_at, order=20)
    if partners:
        yield Figure(say("samarbeidskommuner"), partners, link("candidates.partners"), order=22)


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
