"""What stories show in others' pages: needs, search hits."""

from collections.abc import Iterable

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
    link,
)
from pilot.core.words import say, say_many
from pilot.stories import queries
from pilot.stories.permissions import StoryPermission
from pilot.stories.queries import StoryRow
from pilot.stories.rules import PUBLISHABLE, WAITS_FOR_KS, SolutionLink, StoryState, ref_of

HITS = 8
OF_SOLUTION = 10


def figures(_actor: Actor) -> Iterable[Figure]:
    """What is published, for whoever reads."""
    published = queries.facets(Actor()).total
    yield Figure(say("publiserte brukerhistorier"), published, link("stories.index"))


def needs(actor: Actor) -> Iterable[Need]:
    """What waits for this actor among the stories: derived, one statement per kind."""
    if actor.is_ks:
        yield from _needs_of_ks(actor)
    elif allows(actor, StoryPermission.ADD):
        yield from _needs_of_municipality(actor)
    if allows(actor, StoryPermission.ASSESS) and not actor.is_ks:
        yield from _needs_of_nhn(actor)


def _needs_of_ks(actor: Actor) -> Iterable[Need]:
    waiting = queries.waiting(actor)
    count, since = waiting.in_states(WAITS_FOR_KS)
    if count:
        yield Need(
            title=say("Vurder historier som er sendt inn"),
            why=say_many("Én venter på svar fra KS.", "%(n)s venter på svar fra KS.", count),
            link=link("stories.index", tilstand=sorted(WAITS_FOR_KS), sorter="ventet"),
            icon="InboxDown",
            color="info",
            since=since,
        )
    count, since = waiting.in_states(PUBLISHABLE, unpublished=True)
    if count:
        yield Need(
            title=say("Publiser historier som er klare"),
            why=say_many(
                "Én er tatt inn, men ikke publisert.",
                "%(n)s er tatt inn, men ikke publisert.",
                count,
            ),
            link=link("stories.index", tilstand="ready", upublisert="1", sorter="ventet"),
            icon="Megaphone",
            color="support1",
            since=since,
        )


def _needs_of_municipality(actor: Actor) -> Iterable[Need]:
    waiting = queries.waiting(actor, own=True)
    count, since = waiting.in_states(frozenset({StoryState.RETURNED}))
    if count:
        yield Need(
            title=say("Rett historier som er sendt tilbake"),
            why=say_many(
                "KS har skrevet hva som må endres i én historie.",
                "KS har skrevet hva som må endres i %(n)s historier.",
                count,
            ),
            link=_own(actor, StoryState.RETURNED),
            icon="ArrowUndo",
            color="warning",
            since=since,
        )
    count, since = waiting.in_states(frozenset({StoryState.DRAFT}))
    if count:
        yield Need(
            title=say("Fortsett på utkast"),
            why=say_many("Én er ikke sendt inn ennå.", "%(n)s er ikke sendt inn ennå.", count),
            link=_own(actor, StoryState.DRAFT),
            icon="Pencil",
            color="neutral",
            since=since,
        )


def _own(actor: Actor, state: StoryState) -> Link:
    return link("stories.index", kommune=actor.municipality_number, tilstand=state.value)


def _needs_of_nhn(actor: Actor) -> Iterable[Need]:
    count = queries.how_many_unassessed(actor)
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


def _found(found: Found) -> Hit:
    ref = ref_of(int(found.key))
    return Hit(found.title, ref, link("stories.show", ref=ref), found.lang)


SEARCH = Search(
    say("Brukerhistorier"),
    lambda actor, q: queries.hits(actor, q, HITS),
    _found,
    lambda q: link("stories.index", q=q),
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
