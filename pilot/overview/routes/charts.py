"""The numbers behind the charts: a figure for the drawing, a file to take along."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.tallies import surveyed
from pilot.overview import figures
from pilot.overview.routes.base import bp, registry
from pilot.stories import queries as stories
from pilot.web.access import current_actor, public
from pilot.web.charts import Chart
from pilot.web.exports import csv_file


@bp.get("/diagram/<chart_id>.json")
@public
def chart_figure(chart_id: str) -> ResponseReturnValue:
    return jsonify(_chart(chart_id).figure)


@bp.get("/diagram/<chart_id>.csv")
@public
def chart_csv(chart_id: str) -> ResponseReturnValue:
    chart = _chart(chart_id)
    return csv_file(chart_id, chart.columns, chart.rows)


def _chart(chart_id: str) -> Chart:
    is_open = figures.OPEN_ARG in request.args
    actor = Actor() if is_open else current_actor()
    if chart_id not in figures.CHARTS:
        return _of_room(chart_id, actor)
    is_inside = stories.sees_inside(actor)
    return figures.make(chart_id, stories.facets(actor), is_open=is_open, is_inside=is_inside)


def _of_room(chart_id: str, actor: Actor) -> Chart:
    """A chart that another room draws on the overview; there is none for one it is not for."""
    asked = [one for one in registry().surveys if one.id == chart_id]
    found = figures.drawn(surveyed(actor, asked), is_open=actor.is_guest)
    if not found:
        raise Missing
    return found[0]
