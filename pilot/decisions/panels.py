"""What the register shows in others' pages: needs, figures, a chart, search hits, and panels."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect

from pilot.core.clock import OSLO
from pilot.core.policy import Actor, allows
from pilot.core.registry import (
    STANDINGS,
    Bars,
    Counted,
    Figure,
    Found,
    Hit,
    Need,
    Note,
    Panel,
    Search,
    Survey,
    Tally,
    Thing,
    follows_all,
    link,
)
from pilot.core.words import label, say, say_many
from pilot.decisions import queries
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.rules import ConditionState, EntryKind, EntryState, ref_of
from pilot.web.i18n import current_locale

LATE = "ExclamationmarkTriangle"
WORDS = {EntryKind.DECISION: say("Beslutning"), EntryKind.ACTION: say("Oppgave")}


# --- what waits for someone --------------------------------------------------------------------


def _need_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    """Of those with a part in an organisation; KS follows up the others' too."""
    if actor.role is None:
        return ()
    late = queries.overdue() if actor.is_ks else ()
    return *queries.due(actor), *late


def _needs(_actor: Actor, found: Sequence[Any]) -> Iterable[Need]:
    """One's own actions that are due; for KS, all that are late, and conditions that are."""
    own, first_own, *of_ks = found
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
    if of_ks:
        yield from _late(*of_ks)


def _late(actions: int, first: date | None, conditions: int, oldest: date | None) -> Iterable[Need]:
    if actions:
        yield Need(
            title=say("Følg opp oppgaver over fristen"),
            why=say_many("Én er over fristen.", "%(n)s er over fristen.", actions),
            link=link("decisions.index", over="1"),
            icon=LATE,
            color="danger",
            since=_moment(first),
        )
    if conditions:
        yield Need(
            title=say("Følg opp rammebetingelser over fristen"),
            why=say_many("Én skulle vært avklart.", "%(n)s skulle vært avklart.", conditions),
            link=link("decisions.conditions"),
            icon="Clock",
            color="warning",
            since=_moment(oldest),
        )


NEEDS = Tally(_need_numbers, _needs)


def _moment(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=OSLO) if day else None


# --- figures -----------------------------------------------------------------------------------


def _figures(_actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    """How many of the conditions are settled, for whoever reads; and decisions one may read."""
    total, by_ks, *numbers, decisions = found
    derived = zip(queries.derived_keys(), numbers, strict=True)
    settled = by_ks + sum(_state(key, number) == ConditionState.RESOLVED for key, number in derived)
    words = say("rammebetingelser er avklart")
    yield Figure(words, settled, link("decisions.conditions"), total, order=60)
    standing = link("decisions.index", tilstand=EntryState.DECIDED.value)
    words = say_many("gjeldende beslutning", "gjeldende beslutninger", decisions)
    yield Figure(words, decisions, standing, order=64)


def _state(key: str, number: Any) -> str:
    return STANDINGS[key].says(number).state


FIGURES = Tally(lambda actor: (*queries.settled(), *queries.decided(actor)), _figures)


def _action_numbers(actor: Actor) -> Sequence[ScalarSelect[Any]]:
    return queries.in_work(actor) if actor.role is not None else ()


def _actions(actor: Actor, found: Sequence[Any]) -> Iterable[Figure]:
    waiting, late = found
    states = [EntryState.OPEN.value, EntryState.IN_PROGRESS.value]
    over = Note(say_many("Én over fristen", "%(n)s over fristen", late), "danger", LATE)
    note = over if late else None
    if actor.is_ks:
        every = link("decisions.index", tilstand=states)
        words = say_many("oppgave er åpen", "oppgaver er åpne", waiting)
        yield Figure(words, waiting, every, note=note, order=62)
    elif waiting:
        own = link("decisions.index", mine="1", tilstand=states)
        words = say_many("oppgave venter på dere", "oppgaver venter på dere", waiting)
        yield Figure(words, waiting, own, note=note, order=62)


ACTIONS = Tally(_action_numbers, _actions)


def _survey(_actor: Actor, rows: Sequence[Counted]) -> Bars:
    derived = queries.derived_keys()
    counted: Counter[str] = Counter()
    for code, number, *_ in rows:
        counted.update([_state(code, number)] if code in derived else {code: number})
    locale = current_locale()
    settled, total = counted[ConditionState.RESOLVED], sum(counted.values())
    return Bars(
        title=say("%(n)s av %(total)s rammebetingelser er avklart", n=settled, total=total)
        if settled
        else say("Ingen rammebetingelser er avklart ennå"),
        subtitle=say("Antall rammebetingelser med hver status."),
        columns=(say("Status"), say("Rammebetingelser")),
        rows=tuple((label("condition", s, locale), counted[s]) for s in ConditionState),
    )


SURVEY = Survey(
    "rammebetingelser",
    lambda actor: queries.by_state() if follows_all(actor) else None,
    _survey,
    order=50,
)


# --- search and panels -------------------------------------------------------------------------


def _hit(found: Found) -> Hit:
    kind, number = found.key.split("-")
    ref = ref_of(EntryKind(kind), int(number))
    return Hit(found.title, ref, link("decisions.show", ref=ref), found.lang)


SEARCH = Search(
    say("Beslutninger og oppgaver"),
    _hit,
    lambda q: link("decisions.index", q=q),
    rows=lambda actor, _locale: queries.entry_lines(actor),
    asks=queries.numbered,
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
