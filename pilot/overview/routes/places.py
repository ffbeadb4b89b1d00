"""A municipality's page, and the map of them all."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pilot.overview import maps, queries
from pilot.overview.routes.base import bp, registry
from pilot.web.access import current_actor, public

MARGIN = 60.0  # how much of the country around is drawn, in the map's units


@bp.get("/kommuner/<number>")
@public
def municipality(number: str) -> ResponseReturnValue:
    page = queries.municipality_page(current_actor(), registry(), number)
    point = maps.points().get(number)
    return render_template(
        "overview/municipality.html",
        page=page,
        facts=page.facts,
        point=point,
        view_box=_crop(point),
    )


def _crop(point: maps.Point | None) -> str:
    if point is None:
        return ""
    x, y, width, height = point.box
    side = max(width, height, MARGIN) + 2 * MARGIN
    left, top = x + width / 2 - side / 2, y + height / 2 - side / 2
    return f"{left:.0f} {top:.0f} {side:.0f} {side:.0f}"


@bp.get("/kommuner/kart")
@public
def country_map() -> ResponseReturnValue:
    return render_template("overview/map.html", map=queries.country_map(registry()))
