"""The register as JSON; the same for everyone."""

from collections.abc import Mapping

from flask import current_app
from marshmallow import fields

from pilot.core.registry import Registry
from pilot.municipalities import queries
from pilot.municipalities.queries import Place
from pilot.web.access import current_actor, public
from pilot.web.api import (
    PREFIX,
    Answers,
    Endpoints,
    Json,
    ListAnswers,
    Stretch,
    Window,
    WindowArgs,
    listed,
)

bp = Endpoints("municipalities-api", __name__, url_prefix=f"{PREFIX}/municipalities")


class MunicipalityAnswer(Answers):
    number = fields.String(metadata={"pattern": "^[0-9]{4}$"})
    name = fields.String()
    county = fields.String()
    county_number = fields.String(metadata={"pattern": "^[0-9]{2}$"})
    population = fields.Integer(metadata={"minimum": 0})
    state = fields.String(
        allow_none=True,
        metadata={"description": "Of its candidacy, as far as the caller may see it"},
    )


class MunicipalitiesAnswer(ListAnswers):
    items = fields.List(fields.Nested(MunicipalityAnswer))


@bp.operation("GET", "", MunicipalitiesAnswer, takes=WindowArgs)
@public
def index(window: Window) -> Json:
    """The municipalities of Norway, by number, with what the caller may know of each in the pilots'
    round."""
    places = sorted(queries.names(), key=_number)
    ahead = [place for place in places if _number(place) > window.after]
    stretch = Stretch.cut(ahead, window, len(places), _number)
    registry: Registry = current_app.extensions["registry"]
    states = registry.states_of("municipality", current_actor())
    return listed(stretch, [_place(place, states) for place in stretch.rows])


def _number(place: Place) -> int:
    return int(place.number)


def _place(place: Place, states: Mapping[str, str]) -> Json:
    return {
        "number": place.number,
        "name": place.name,
        "county": place.county,
        "county_number": place.county_number,
        "population": place.population,
        "state": states.get(place.number),
    }
