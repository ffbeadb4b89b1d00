"""What rounds and candidates show in others' pages: needs, search hits, a municipality's panel."""

from collections.abc import Iterable

from pilot.candidates import queries
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules import CandidateState, RoundState
from pilot.core.policy import Actor, allows
from pilot.core.registry import Found, Hit, Need, Panel, Search, Standing, link
from pilot.core.search import names, terms
from pilot.core.words import say, say_many


def needs(actor: Actor) -> Iterable[Need]:
    """What waits for this actor among the candidates: derived, one statement per kind."""
    if allows(actor, CandidatePermission.HANDLE):
        yield from _needs_of_ks(actor)
    elif allows(actor, CandidatePermission.TAKE_PART):
        yield from _needs_of_municipality(actor)


def _needs_of_ks(actor: Actor) -> Iterable[Need]:
    count, since = queries.unread(actor)
    if count:
        yield Need(
            title=say("Les nye interessemeldinger"),
            why=say_many("Én kommune har skrevet.", "%(n)s kommuner har skrevet.", count),
            link=link("candidates.listed", nye="1"),
            icon="HandHeart",
            color="info",
            since=since,
        )
    current = queries.current(actor)
    if current and current.state is RoundState.OPEN and not current.takes_interest:
        yield Need(
            title=say("Start vurderingen av kandidatene"),
            why=say("Fristen i «%(name)s» var %(day)s.", name=current.name, day=current.closes_on),
            link=link("candidates.round_page", round_id=current.id),
            icon="Calendar",
            color="warning",
        )


def _needs_of_municipality(actor: Actor) -> Iterable[Need]:
    found = queries.standing(actor, actor.municipality_number or "")
    if found is None or not found.round.takes_interest:
        return
    if found.row is None or found.row.state is CandidateState.INVITED:
        yield Need(
            title=say("Svar på om kommunen vil være med i utprøvingen"),
            why=say(
                "«%(name)s» er åpen. Fristen er %(day)s.",
                name=found.round.name,
                day=found.round.closes_on,
            ),
            link=link("candidates.interest", round_id=found.round.id),
            icon="HandHeart",
            color="info",
        )


def _hit(found: Found) -> Hit:
    return Hit(found.title, "", link("candidates.round_page", round_id=int(found.key)), found.lang)


#: Rounds whose name holds every word; there are few, so the words are compared here.
SEARCH = Search(
    say("Utprøvingsrunder"),
    lambda actor, q: queries.round_rows(actor) if terms(q) else None,
    _hit,
    lambda _q: link("candidates.index"),
    holds=lambda found, q: names(found.title, terms(q)),
)


def of_municipality(actor: Actor, number: str) -> Panel | None:
    """Where a municipality stands in the current round, on its page."""
    found = queries.standing(actor, number)
    return Panel("candidates/_standing.html", found) if found else None


def standing() -> Standing:
    """Whether it is settled which municipalities pilot, as far as everyone may know."""
    count = queries.chosen_and_released()
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
