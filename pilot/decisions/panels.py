"""What the register shows in others' pages: needs, search hits, and panels."""

from collections.abc import Iterable
from datetime import date, datetime

from pilot.core.clock import OSLO
from pilot.core.policy import Actor, allows
from pilot.core.registry import Figure, Hit, Hits, Need, Panel, Thing, link
from pilot.core.words import say, say_many
from pilot.decisions import queries
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.rules import ConditionState, EntryKind
from pilot.web.i18n import current_locale

WORDS = {EntryKind.DECISION: say("Beslutning"), EntryKind.ACTION: say("Oppgave")}


def needs(actor: Actor) -> Iterable[Need]:
    """The actor's own actions that are due; for KS, those of others that are late."""
    if actor.role is None:
        return
    due = queries.due(actor)
    if due.own:
        yield Need(
            title=say("Gjør oppgaver som har frist"),
            why=say_many(
                "Én oppgave har frist innen en uke, eller er over fristen.",
                "%(n)s oppgaver har frist innen en uke, eller er over fristen.",
                due.own,
            ),
            link=link("decisions.index", mine="1", tilstand=["open", "in_progress"]),
            icon="ClipboardCheckmark",
            color="warning",
            since=_moment(due.first_own),
        )
    if due.late and allows(actor, DecisionPermission.REGISTER):
        yield Need(
            title=say("Følg opp oppgaver over fristen"),
            why=say_many("Én er over fristen.", "%(n)s er over fristen.", due.late),
            link=link("decisions.index", over="1"),
            icon="ExclamationmarkTriangle",
            color="danger",
            since=_moment(due.first_late),
        )


def _moment(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO) if day else None


def hits(actor: Actor, q: str) -> Iterable[Hits]:
    found = queries.hits(actor, q)
    rows = (Hit(row.text, row.ref, link("decisions.show", ref=row.ref), "nb") for row in found.rows)
    everything = link("decisions.index", q=q)
    yield Hits(say("Beslutninger og oppgaver"), tuple(rows), found.total, everything)


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
