"""What stories show in others' pages: needs, figures, search hits, a solution's stories."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor, allows
from pilot.core.registry import (
    Figure,
    Found,
    Hit,
    Link,
    Listing,
    Need,
    Panel,
    PanelRow,
    Search,
    Step,
    Tally,
    link,
)
from pilot.core.words import say, say_many
from pilot.stories import queries
from pilot.stories.permissions import StoryPermission
from pilot.stories.queries import StoryRow
from pilot.stories.rules import PUBLISHABLE, WAITS_FOR_KS, SolutionLink, StoryState, ref_of

HITS = 8
RETURNED, DRAFT, READY = (
    frozenset({state}) for state in (StoryState.RETURNED, StoryState.DRAFT, StoryState.READY)
)
OF_SOLUTION = 10


# --- what waits for someone --------------------------------------------------------------------


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    if actor.is_ks:
        ready = queries.waiting(actor, PUBLISHABLE, unpublished=True)
        return *queries.waiting(actor, WAITS_FOR_KS), *ready
    if allows(actor, StoryPermission.ADD):
        drafts = queries.waiting(actor, DRAFT, own=True)
        return *queries.waiting(actor, RETURNED, own=True), *drafts
    return queries.unjudged(actor) if allows(actor, StoryPermission.ASSESS) else ()


def _needs(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    if actor.is_ks:
        return _needs_of_ks(*found)
    if allows(actor, StoryPermission.ADD):
        return _needs_of_municipality(actor, *found)
    return _needs_of_nhn(*found)


def _needs_of_ks(
    waits: int, since: datetime | None, ready: int, ready_since: datetime | None
) -> Iterable[Need]:
    if waits:
        yield Need(
            title=say("Vurder historier som er sendt inn"),
            why=say_many("Én venter på svar fra KS.", "%(n)s venter på svar fra KS.", waits),
            link=link("stories.index", tilstand=sorted(WAITS_FOR_KS), sorter="ventet"),
            icon="InboxDown",
            color="info",
            since=since,
        )
    if ready:
        yield Need(
            title=say("Publiser historier som er klare"),
            why=say_many(
                "Én er tatt inn, men ikke publisert.",
                "%(n)s er tatt inn, men ikke publisert.",
                ready,
            ),
            link=link("stories.index", tilstand="ready", upublisert="1", sorter="ventet"),
            icon="Megaphone",
            color="support1",
            since=ready_since,
        )


def _needs_of_municipality(
    actor: Actor, returned: int, since: datetime | None, drafts: int, drafts_since: datetime | None
) -> Iterable[Need]:
    if returned:
        yield Need(
            title=say("Rett historier som er sendt tilbake"),
            why=say_many(
                "KS har skrevet hva som må endres i én historie.",
                "KS har skrevet hva som må endres i %(n)s historier.",
                returned,
            ),
            link=_own(actor, StoryState.RETURNED),
            icon="ArrowUndo",
            color="warning",
            since=since,
        )
    if drafts:
        yield Need(
            title=say("Fortsett på utkast"),
            why=say_many("Én er ikke sendt inn ennå.", "%(n)s er ikke sendt inn ennå.", drafts),
            link=_own(actor, StoryState.DRAFT),
            icon="Pencil",
            color="neutral",
            since=drafts_since,
        )


def _own(actor: Actor, *states: StoryState) -> Link:
    codes = [state.value for state in states]
    return link("stories.index", kommune=actor.municipality_number, tilstand=codes)


def _needs_of_nhn(count: int) -> Iterable[Need]:
    if count:
        yield Need(
            title=say("Vurder nasjonale løsninger"),
            why=say_many(
                "Én historie har ingen vurdert nasjonal løsning.",
                "%(n)s historier har ingen vurdert nasjonal løsning.",
                count,
            ),
            link=link("stories.unassessed"),
            icon="Link",
            color="info",
        )


NEEDS = Tally(_need_numbers, _needs)


# --- figures, and where the work stands --------------------------------------------------------


def _figure_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    """Of KS and the municipalities what is on its way, of everyone else what is published."""
    if actor.is_ks:
        states = (WAITS_FOR_KS, RETURNED, READY)
        return *(queries.waiting(actor, one)[0] for one in states), *queries.read_by(actor)
    if allows(actor, StoryPermission.ADD):
        own = (queries.waiting(actor, one, own=True)[0] for one in (DRAFT, WAITS_FOR_KS, READY))
        return *own, *queries.read_by(actor)
    return queries.read_by(actor) if queries.sees_inside(actor) else queries.published(actor)


def _figures(actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    if actor.is_ks:
        return _figures_of_ks(*found)
    if allows(actor, StoryPermission.ADD):
        return _figures_of_municipality(actor, *found)
    if queries.sees_inside(actor):
        return (_readable(*found),)
    return _figures_of_all(*found)


def _figures_of_ks(waits: int, returned: int, ready: int, total: int) -> Iterable[Figure]:
    waiting = link("stories.index", tilstand=sorted(WAITS_FOR_KS), sorter="ventet")
    words = say_many("historie venter på svar fra KS", "historier venter på svar fra KS", waits)
    yield Figure(words, waits, waiting, order=10)
    sent_back = link("stories.index", tilstand="returned")
    words = say_many("historie er sendt tilbake", "historier er sendt tilbake", returned)
    yield Figure(words, returned, sent_back, order=11)
    yield Figure(
        say("historier er klare"), ready, link("stories.index", tilstand="ready"), total, order=12
    )


def _figures_of_municipality(
    actor: Actor, drafts: int, waits: int, ready: int, total: int
) -> Iterable[Figure]:
    words = say_many("eget utkast", "egne utkast", drafts)
    yield Figure(words, drafts, _own(actor, StoryState.DRAFT), order=10)
    waiting = _own(actor, *sorted(WAITS_FOR_KS))
    words = say_many(
        "egen historie venter på svar fra KS", "egne historier venter på svar fra KS", waits
    )
    yield Figure(words, waits, waiting, order=11)
    own = _own(actor, StoryState.READY)
    words = say_many("egen historie er klar", "egne historier er klare", ready)
    yield Figure(words, ready, own, order=12)
    yield _readable(total)


def _readable(total: int) -> Figure:
    words = say_many("historie du kan lese", "historier du kan lese", total)
    return Figure(words, total, link("stories.index"), order=13)


def _figures_of_all(total: int, places: int) -> Iterable[Figure]:
    words = say_many("publisert brukerhistorie", "publiserte brukerhistorier", total)
    yield Figure(words, total, link("stories.index"), order=10)
    from_where = link("overview.country_map")
    words = say_many(
        "kommune har publiserte historier", "kommuner har publiserte historier", places
    )
    yield Figure(words, places, from_where, order=11)


FIGURES = Tally(_figure_numbers, _figures)


def _step(_actor: Actor, found: Sequence[Any]) -> Iterable[Step]:
    (published,) = found
    words = say_many(
        "én brukerhistorie er publisert", "%(n)s brukerhistorier er publisert", published
    )
    yield Step(10, say("Behov fra kommunene"), words, has_begun=True)


STEP = Tally(lambda _actor: queries.published(Actor())[:1], _step)


# --- search, and the page of a solution --------------------------------------------------------


def _found(found: Found) -> Hit:
    ref = ref_of(int(found.key))
    return Hit(found.title, ref, link("stories.show", ref=ref), found.lang)


SEARCH = Search(
    say("Brukerhistorier"),
    _found,
    lambda q: link("stories.index", q=q),
    asks=lambda actor, q: queries.hits(actor, q, HITS),
    most=HITS,
)


def of_solution(actor: Actor, key: str) -> Panel:
    """On the page of a national solution: the stories that wish for it, or are said to need it."""
    rows, total = queries.pointing_at(actor, key, OF_SOLUTION)
    listing = Listing(
        say("Brukerhistorier som peker på løsningen"),
        tuple(_pointing(row, kind) for row, kind in rows),
        total,
        link("stories.index", losning=key),
        say("Ingen historier du kan lese, peker på løsningen ennå."),
    )
    return Panel("ui/_listing.html", listing)


def _pointing(row: StoryRow, kind: SolutionLink | None) -> PanelRow:
    if kind is None:
        return PanelRow(_hit(row), said=say("Ønsket, ikke vurdert"))
    return PanelRow(_hit(row), status=("solution_link", kind.value))


def _hit(row: StoryRow) -> Hit:
    return Hit(row.title, row.ref, link("stories.show", ref=row.ref), row.language)
