"""The team's page, a seat's page, and how the team is made up."""

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.coreteam import panels, queries
from pilot.coreteam.forms import NameForm
from pilot.coreteam.routes.base import bp
from pilot.coreteam.rules import SIDE_WORDS
from pilot.web.access import current_actor, public
from pilot.web.charts import Chart, chart_of
from pilot.web.exports import csv_file


@bp.get("")
@public
def index() -> ResponseReturnValue:
    return render_template(
        "coreteam/index.html",
        team=queries.team(current_actor()),
        words=SIDE_WORDS,
        chart=chart(),
    )


@bp.get("/plasser/<int:seat_id>")
@public
def seat(seat_id: int) -> ResponseReturnValue:
    page = queries.seat(current_actor(), seat_id)
    return render_template("coreteam/seat.html", seat=page, words=SIDE_WORDS, form=NameForm())


@bp.get("/sammensetning.json")
@public
def figure() -> ResponseReturnValue:
    return jsonify(chart().figure)


@bp.get("/sammensetning.csv")
@public
def numbers() -> ResponseReturnValue:
    drawn = chart()
    return csv_file("kjerneteam", drawn.columns, drawn.rows)


def chart() -> Chart:
    """The team as the overview draws it, at addresses of its own."""
    return chart_of(
        "sammensetning",
        panels.bars(queries.composition()),
        figure_url=url_for(".figure"),
        csv_url=url_for(".numbers"),
    )
