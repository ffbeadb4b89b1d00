"""The overview of the signed-in, and the search over all rooms."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pilot.core import clock
from pilot.overview import figures, queries
from pilot.overview.routes.base import bp, registry
from pilot.web.access import current_actor, public


@bp.get("/oversikt")
def dashboard() -> ResponseReturnValue:
    actor = current_actor()
    view = queries.dashboard(actor, registry())
    charts = [figures.states_chart(view.facets), figures.flows_chart(view.facets)]
    return render_template("overview/dashboard.html", view=view, charts=charts, now=clock.now())


@bp.get("/sok")
@public
def search() -> ResponseReturnValue:
    q = request.args.get("q", "").strip()[:200]
    hits = queries.found(current_actor(), registry(), q)
    return render_template("overview/search.html", q=q, hits=hits)
