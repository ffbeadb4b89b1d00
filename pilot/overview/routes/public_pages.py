"""The front page and the status page: what is published, and nothing else."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pilot.core import clock
from pilot.overview import figures, queries
from pilot.overview.routes.base import bp, registry
from pilot.web.access import public


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    return render_template("overview/front.html", view=queries.front(registry()), now=clock.now())


@bp.get("/status")
@public
def public_status() -> ResponseReturnValue:
    view = queries.public_status(registry())
    charts = figures.drawn(view.charts, is_open=True)
    charts.insert(0, figures.flows_chart(view.facets, is_open=True))
    return render_template("overview/status.html", view=view, charts=charts, now=clock.now())
