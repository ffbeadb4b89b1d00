"""The team's page, a seat's page, and how the team is made up."""

from flask import jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.words import say
from pilot.coreteam import queries
from pilot.coreteam.forms import NameForm
from pilot.coreteam.queries import Composition
from pilot.coreteam.routes.base import bp
from pilot.coreteam.rules import SIDE_WORDS, Side
from pilot.web.access import current_actor, public
from pilot.web.charts import Chart, horizontal_bars
from pilot.web.exports import csv_file
from pilot.web.i18n import translate


@bp.get("")
@public
def index() -> ResponseReturnValue:
    return render_template(
        "coreteam/index.html",
        team=queries.team(current_actor()),
        words=SIDE_WORDS,
        chart=chart(queries.composition()),
    )


@bp.get("/plasser/<int:seat_id>")
@public
def seat(seat_id: int) -> ResponseReturnValue:
    page = queries.seat(current_actor(), seat_id)
    return render_template("coreteam/seat.html", seat=page, words=SIDE_WORDS, form=NameForm())


@bp.get("/sammensetning.json")
@public
def figure() -> ResponseReturnValue:
    return jsonify(chart(queries.composition()).figure)


@bp.get("/sammensetning.csv")
@public
def numbers() -> ResponseReturnValue:
    drawn = chart(queries.composition())
    return csv_file("kjerneteam", drawn.columns, drawn.rows)


def chart(found: Composition) -> Chart:
    """Filled seats by side; the table beside it has the vacant ones too."""
    sides = [side for side in Side if found.seats[side]]
    names = [translate(SIDE_WORDS[side]) for side in sides]
    filled = [found.filled[side] for side in sides]
    return Chart(
        id="sammensetning",
        title=_title(found),
        subtitle=translate(say("Antall fylte plasser på hver side.")),
        columns=tuple(map(translate, (say("Side"), say("Fylte plasser"), say("Ledige plasser")))),
        rows=tuple(
            (name, n, found.seats[side] - n)
            for name, side, n in zip(names, sides, filled, strict=True)
        ),
        figure=horizontal_bars(names, filled),
        figure_url=url_for(".figure"),
        csv_url=url_for(".numbers"),
        source="Pilotrommet",
    )


def _title(found: Composition) -> str:
    total = sum(found.seats.values())
    if not total:
        return translate(say("Kjerneteamet har ingen plasser ennå"))
    if not found.vacant:
        return translate(say("Alle plassene er fylt: %(total)s", total=total))
    filled = total - found.vacant
    return translate(say("%(filled)s av %(total)s plasser er fylt", filled=filled, total=total))
