"""What the register shows in others' pages: needs, search hits, and panels."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.clock import OSLO
from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Found, Hit, Need, Panel, Search, Tally, Thing, link
from pilot.core.words import say, say_many
from pilot.decisions import queries
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.rules import ConditionState, EntryKind, ref_of
from pilot.web.i18n import current_locale

WORDS = {EntryKind.DECISION: say("Beslutning"), EntryKind.ACTION: say("Oppgave")}


def numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    """Of those with a part in an organisation; KS follows up the others' too."""
    return queries.due(actor) if actor.role is not None else ()


def needs(found: Sequence[Any]) -> Iterable[Need]:
    """One's own actions that are due; for KS, all that are late."""
    own, first_own = found[:2]
    if own:
        yield Need(
            title=say("Gjør oppgaver som har frist"),
            why=say_many(
                "Én oppgave har frist innen en uke, eller er over fristen.",
                "%(n)s oppgaver har frist innen en uke, eller er over fristen.",
                own,
            ),
            link=link("decisions.index", mine="1", tilstand=["open", "in_progress"]),
            icon="ClipboardCheckmark",
            color="warning",
            since=_moment(first_own),
        )
    late, first_late = found[2:] or (0, None)
    if late:
        yield Need(
            title=say("Følg opp oppgaver over fristen"),
            why=say_many("Én er over fristen.", "%(n)s er over fristen.", late),
            link=link("decisions.index", over="1"),
            icon="ExclamationmarkTriangle",
            color="danger",
            since=_moment(first_late),
        )


TALLY = Tally(numbers, needs)


def _moment(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO) if day else None


def _hit(found: Found) -> Hit:
    kind, number = found.key.split("-")
    ref = ref_of(EntryKind(kind), int(number))
    return Hit(found.title, ref, link("decisions.show", ref=ref), found.lang)


SEARCH = Search(
    say("Beslutninger og oppgaver"), queries.hits, _hit, lambda q: link("decisions.index", q=q)
)


def beside(actor: Actor, thing: Thing) -> Panel | None:
    """Decisions and actions that concern the thing; to KS also the way to record one."""
    rows = queries.of_object(actor, thing.kind, thing.id)
    if not rows and not allows(actor, DecisionPermission.REGISTER):
        return None
    return Panel("decisions/_beside.html", {"rows": rows, "about": f"{thing.kind}:{thing.id}"})


def conditions(actor: Actor, _name: str) -> Panel:
    """The conditions, for the public status page."""
    return Panel("decisions/_conditions.html", queries.conditions(actor, current_locale()))


def figures(_actor: Actor) -> Iterable[Figure]:
    """How many of the conditions are settled, for whoever reads."""
    rows = queries.conditions(Actor(), current_locale())
    settled = sum(row.state is ConditionState.RESOLVED for row in rows)
    yield Figure(say("rammebetingelser er avklart"), settled, link("decisions.conditions"))
