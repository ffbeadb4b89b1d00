"""What the priority list shows in others' pages: needs, figures, its top, a story's place."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Need, Panel, Step, Tally, link
from pilot.core.words import say
from pilot.priorities import queries
from pilot.priorities.permissions import PriorityPermission
from pilot.priorities.rules import ListState

S = ListState
P = PriorityPermission
SHOWN = 5


# --- what the list waits for -------------------------------------------------------------------


def _knows(actor: Actor) -> bool:
    """Whether the actor has a hand in the list in work."""
    return any(allows(actor, one) for one in (P.DECIDE, P.ORDER))


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.in_work() if _knows(actor) else ()


def _needs(actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    list_id, state, since, _ = found
    if state is S.BEFORE_STEERING_GROUP and allows(actor, P.DECIDE):
        yield Need(
            title=say("Behandle den prioriterte listen"),
            why=say("KS har lagt den fram for styringsgruppen."),
            link=link("priorities.treat", list_id=list_id),
            icon="ClipboardCheckmark",
            color="info",
            since=since,
        )
    if state in (S.RETURNED, S.DECIDED) and allows(actor, P.PUT):
        yield _of_lead(state is S.RETURNED)


def _of_lead(is_returned: bool) -> Need:
    if is_returned:
        return Need(
            title=say("Rett den prioriterte listen"),
            why=say("Styringsgruppen har sendt den tilbake med en begrunnelse."),
            link=link("priorities.work"),
            icon="ArrowUndo",
            color="warning",
        )
    return Need(
        title=say("Publiser den prioriterte listen"),
        why=say("Styringsgruppen har godkjent den."),
        link=link("priorities.release"),
        icon="Megaphone",
        color="support1",
    )


NEEDS = Tally(_need_numbers, _needs)


# --- figures, the step, and the top of the list ------------------------------------------------


def _figure_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    released = (queries.newest_number(), queries.how_many_released())
    return (*released, *queries.in_work()) if allows(actor, P.ORDER) else released


def _figures(_actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    number, released, *work = found
    if number:
        words, shown_at = say("historier er prioritert"), link("priorities.version", number=number)
        yield Figure(words, released, shown_at, order=30)
    if work and work[0]:
        words = say("historier på listen KS arbeider med")
        yield Figure(words, work[3], link("priorities.work"), order=31)


FIGURES = Tally(_figure_numbers, _figures)


def _step(_actor: Actor, found: Sequence[Any]) -> Iterable[Step]:
    (number,) = found
    words = say("Versjon %(n)s av listen er publisert", n=number)
    yield Step(
        20,
        say("Prioritering"),
        words if number else say("Ingen liste er publisert ennå"),
        has_begun=bool(number),
    )


STEP = Tally(lambda _actor: (queries.newest_number(),), _step)


def top(_actor: Actor, _name: str) -> Panel | None:
    """What comes first in the newest released list; public, as all of it is."""
    found = queries.top(SHOWN)
    return Panel("priorities/_top.html", found) if found else None


def of_story(_actor: Actor, ref: str) -> Panel | None:
    """A story's place in the newest released list; public, as every story on it is."""
    found = queries.place_of(ref)
    return Panel("priorities/_place.html", found) if found else None
