"""The charts of the overviews: what the numbers say now, as title, figure and table."""

from typing import Any

from flask import url_for

from pilot.catalogue import queries as catalogue
from pilot.core.words import Message, label, say
from pilot.stories.queries import Facets
from pilot.stories.rules import StoryState, shown_as
from pilot.web.charts import Chart, horizontal_bars
from pilot.web.i18n import current_locale, plural, translate

FLOWS_MOST = 8
TAKEN_IN = (
    StoryState.READY,
    StoryState.PRIORITISED,
    StoryState.IN_PILOT,
    StoryState.DELIVERED,
)
OPEN_ARG = "apent"  # in the address: the numbers that everyone may see, whoever asks
CHARTS = ("tilstander", "flyter")


def make(chart_id: str, facets: Facets, *, is_open: bool, is_inside: bool) -> Chart:
    """A chart over what the actor may see, or (`is_open`) over what everyone may."""
    if chart_id == "flyter":
        return flows_chart(facets, is_open=is_open)
    return states_chart(facets, is_open=is_open, is_inside=is_inside)


def states_chart(facets: Facets, *, is_inside: bool, is_open: bool = False) -> Chart:
    """Stories by state, in the order a story goes through them."""
    locale = current_locale()
    rows = [
        # Those outside see published stories alone.
        (
            label("story", shown_as(state, is_published=True, is_inside=is_inside), locale),
            facets.states[state],
        )
        for state in StoryState
        if facets.states.get(state)
    ]
    return _chart(
        "tilstander",
        _states_title(facets, is_inside=is_inside),
        say("Antall historier med hver status, av dem du kan lese."),
        (say("Status"), say("Historier")),
        rows,
        is_open=is_open,
    )


def _states_title(facets: Facets, *, is_inside: bool) -> str:
    taken_in = sum(facets.states.get(state, 0) for state in TAKEN_IN)
    if not facets.total:
        return translate(say("Ingen historier ennå"))
    if not is_inside:
        return plural("Én historie er publisert", "%(n)s historier er publisert", facets.total)
    if taken_in == facets.total:
        return plural("Historien er tatt inn", "Alle de %(n)s historiene er tatt inn", taken_in)
    return translate(
        say("%(n)s av %(total)s historier er tatt inn", n=taken_in, total=facets.total)
    )


def flows_chart(facets: Facets, *, is_open: bool = False) -> Chart:
    """The flows between services with most stories; ties stand in the order of their names."""
    locale = current_locale()
    counted = sorted(
        (
            (f"{catalogue.label_of(a, locale)} → {catalogue.label_of(b, locale)}", n)
            for (a, b), n in facets.flows.items()
        ),
        key=lambda row: (-row[1], row[0]),
    )
    return _chart(
        "flyter",
        _flows_title(counted),
        say("Antall historier for hver flyt, de %(most)s største.", most=FLOWS_MOST),
        (say("Flyt"), say("Historier")),
        [(flow[:1].upper() + flow[1:], n) for flow, n in counted[:FLOWS_MOST]],
        is_open=is_open,
    )


def _flows_title(counted: list[tuple[str, int]]) -> str:
    if not counted:
        return translate(say("Ingen historier har oppgitt flyt ennå"))
    most = counted[0][1]
    tied = sum(n == most for _flow, n in counted)
    if tied > 1:
        words = say("%(tied)s flyter har flest historier: %(n)s hver", tied=tied, n=most)
        return translate(words)
    return translate(say("Flest historier gjelder %(flow)s", flow=counted[0][0]))


def _chart(
    chart_id: str,
    title: str,
    subtitle: Message,
    columns: tuple[Message, ...],
    rows: list[tuple[str, int]],
    *,
    is_open: bool,
) -> Chart:
    scope: dict[str, Any] = {OPEN_ARG: "1"} if is_open else {}
    figure: dict[str, Any] = horizontal_bars([name for name, _ in rows], [n for _, n in rows])
    return Chart(
        id=chart_id,
        title=title,
        subtitle=translate(subtitle),
        columns=tuple(map(translate, columns)),
        rows=tuple(rows),
        figure=figure,
        figure_url=url_for("overview.chart_figure", chart_id=chart_id, **scope),
        csv_url=url_for("overview.chart_csv", chart_id=chart_id, **scope),
        source="Pilotrommet",
    )
