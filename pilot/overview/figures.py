"""The charts of the overviews: what the numbers say now, as title, figure and table."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from pilot.catalogue import queries as catalogue
from pilot.core.registry import Bars, Survey
from pilot.core.words import Message, label, say, say_many
from pilot.stories.queries import Facets
from pilot.stories.rules import StoryState, shown_as
from pilot.web.charts import Chart, chart_of
from pilot.web.i18n import current_locale

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


def drawn(charts: Sequence[tuple[Survey, Bars]], *, is_open: bool = False) -> list[Chart]:
    """The charts of other rooms, as the page shows them."""
    return [chart_of(survey.id, bars, **_addresses(survey.id, is_open)) for survey, bars in charts]


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
    bars = Bars(
        _states_title(facets, is_inside=is_inside),
        say("Antall historier med hver status, av dem du kan lese."),
        (say("Status"), say("Historier")),
        tuple(rows),
    )
    return chart_of("tilstander", bars, **_addresses("tilstander", is_open))


def _states_title(facets: Facets, *, is_inside: bool) -> Message:
    taken_in = sum(facets.states.get(state, 0) for state in TAKEN_IN)
    if not facets.total:
        return say("Ingen historier ennå")
    if not is_inside:
        return say_many("Én historie er publisert", "%(n)s historier er publisert", facets.total)
    if taken_in == facets.total:
        return say_many("Historien er tatt inn", "Alle de %(n)s historiene er tatt inn", taken_in)
    return say("%(n)s av %(total)s historier er tatt inn", n=taken_in, total=facets.total)


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
    bars = Bars(
        _flows_title(counted),
        say("Antall historier for hver flyt, de %(most)s største.", most=FLOWS_MOST),
        (say("Flyt"), say("Historier")),
        tuple((flow[:1].upper() + flow[1:], n) for flow, n in counted[:FLOWS_MOST]),
    )
    return chart_of("flyter", bars, **_addresses("flyter", is_open))


def _flows_title(counted: list[tuple[str, int]]) -> Message:
    if not counted:
        return say("Ingen historier har oppgitt flyt ennå")
    most = counted[0][1]
    tied = sum(n == most for _flow, n in counted)
    if tied > 1:
        return say("%(tied)s flyter har flest historier: %(n)s hver", tied=tied, n=most)
    return say("Flest historier gjelder %(flow)s", flow=counted[0][0])


def _addresses(chart_id: str, is_open: bool) -> dict[str, str]:
    """Where the numbers behind a chart are."""
    scope: dict[str, Any] = {OPEN_ARG: "1"} if is_open else {}
    return {
        "figure_url": url_for("overview.chart_figure", chart_id=chart_id, **scope),
        "csv_url": url_for("overview.chart_csv", chart_id=chart_id, **scope),
    }
