"""The overview of the signed-in, and the search over all rooms."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pilot.core import clock, finding
from pilot.core.search import names_something
from pilot.overview import figures, queries
from pilot.overview.routes.base import bp, registry
from pilot.stories import queries as stories
from pilot.web.access import current_actor, public
from pilot.web.i18n import current_locale
from pilot.web.lists import search_words


@bp.get("/oversikt")
def dashboard() -> ResponseReturnValue:
    actor = current_actor()
    view = queries.dashboard(actor, registry())
    charts = figures.drawn(view.charts)
    if view.facets.total:
        by_state = figures.states_chart(view.facets, is_inside=stories.sees_inside(actor))
        charts[:0] = [by_state, figures.flows_chart(view.facets)]
    return render_template("overview/dashboard.html", view=view, charts=charts, now=clock.now())


@bp.get("/sok")
@public
def search() -> ResponseReturnValue:
    q = search_words()
    found = finding.hits(current_actor(), registry().search, q, current_locale())
    return render_template("overview/search.html", q=q, found=found, is_enough=names_something(q))
