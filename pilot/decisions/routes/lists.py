"""The register as a list and as a file."""

from collections.abc import Iterator

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from pilot.core.errors import Missing
from pilot.core.policy import Actor, Zone
from pilot.core.registry import Subject, resolve
from pilot.core.words import label, say
from pilot.decisions import queries
from pilot.decisions.forms import things_in
from pilot.decisions.panels import WORDS
from pilot.decisions.queries import EntryFilter, EntryRow
from pilot.decisions.routes.base import bp
from pilot.decisions.rules import EntryKind, EntryState
from pilot.web.access import current_actor, public
from pilot.web.exports import csv_file
from pilot.web.i18n import current_locale, format_date, translate
from pilot.web.lists import Group, Option, Paged, chips_of, here_without, page_number

COLUMNS = (
    say("Nummer"),
    say("Slag"),
    say("Tekst"),
    say("Status"),
    say("Ansvar"),
    say("Frist"),
    say("Besluttet"),
    say("Hvem ser det"),
)
KIND_OF_STATE = {
    state: EntryKind.DECISION
    if state in (EntryState.DECIDED, EntryState.SUPERSEDED)
    else EntryKind.ACTION
    for state in EntryState
}


def filter_from(args: MultiDict[str, str]) -> EntryFilter:
    """The filter that an address names; unknown values find nothing, and break nothing."""
    about = things_in(args.getlist("gjelder"))
    return EntryFilter(
        q=args.get("q", "").strip()[:200],
        kinds=tuple(args.getlist("slag")),
        states=tuple(args.getlist("tilstand")),
        mine=args.get("mine") == "1",
        overdue=args.get("over") == "1",
        about=about[0] if about else None,
        page=page_number(),
    )


def groups_of(wanted: EntryFilter) -> tuple[Group, ...]:
    locale = current_locale()
    kinds = tuple(
        Option(kind.value, translate(WORDS[kind]), None, kind.value in wanted.kinds)
        for kind in EntryKind
    )
    states = tuple(
        Option(s.value, label(KIND_OF_STATE[s], s, locale), None, s.value in wanted.states)
        for s in EntryState
    )
    return (
        Group("slag", translate(say("Slag")), kinds),
        Group("tilstand", translate(say("Status")), states),
    )


def chips(wanted: EntryFilter, groups: tuple[Group, ...]) -> list[tuple[str, str]]:
    found = chips_of(groups)
    if wanted.mine:
        found.append((translate(say("Mine")), here_without("mine", "1")))
    if wanted.overdue:
        found.append((translate(say("Over fristen")), here_without("over", "1")))
    if wanted.q:
        quoted = translate(say("«%(words)s»", words=wanted.q))
        found.append((quoted, here_without("q", request.args.get("q", ""))))
    return found


@bp.get("/beslutninger")
@public
def index() -> ResponseReturnValue:
    actor = current_actor()
    wanted = filter_from(request.args)
    groups = groups_of(wanted)
    return render_template(
        "decisions/index.html",
        about=_about(actor, wanted),
        page=Paged(queries.listed(actor, wanted)),
        wanted=wanted,
        groups=groups,
        chips=chips(wanted, groups),
    )


def _about(actor: Actor, wanted: EntryFilter) -> Subject | None:
    """The thing that the list is about; what one may not know of has no list either."""
    if wanted.about is None:
        return None
    found = resolve(actor, [wanted.about])
    if not found:
        raise Missing
    return found[wanted.about]


@bp.get("/beslutninger/last-ned.csv")
@public
def export() -> ResponseReturnValue:
    actor, wanted = current_actor(), filter_from(request.args)
    _about(actor, wanted)
    rows = queries.exported(actor, wanted)
    return csv_file("beslutninger", [translate(column) for column in COLUMNS], _cells(rows))


def _cells(rows: tuple[EntryRow, ...]) -> Iterator[tuple[str, ...]]:
    locale = current_locale()
    zones = {zone: label("zone", zone, locale) for zone in Zone}
    for row in rows:
        yield (
            row.ref,
            translate(WORDS[row.kind]),
            row.text,
            label(row.kind, row.state, locale),
            row.owner,
            format_date(row.due_on) if row.due_on else "",
            format_date(row.decided_on) if row.decided_on else "",
            zones[row.zone],
        )
