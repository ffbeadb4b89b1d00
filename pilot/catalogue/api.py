"""National solutions as JSON; the same for everyone."""

from marshmallow import fields

from pilot.catalogue import queries
from pilot.catalogue.queries import SolutionRow, Standing
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

bp = Endpoints("solutions-api", __name__, url_prefix=f"{PREFIX}/national-solutions")


class SolutionAnswer(Answers):
    key = fields.String()
    name = fields.String()
    description = fields.String()
    basis = fields.String(
        metadata={
            "enum": list(Standing),
            "description": "sourced: from the source named; confirmed: by the provider; "
            "unconfirmed: our own knowledge; no_claim: our category for needs that none meets",
        }
    )
    confirmed = fields.Boolean(metadata={"description": "The provider has confirmed the text"})
    confirmed_at = fields.DateTime(allow_none=True)
    source = fields.String()


class SolutionsAnswer(ListAnswers):
    items = fields.List(fields.Nested(SolutionAnswer))


@bp.operation("GET", "", SolutionsAnswer, takes=WindowArgs)
@public
def index(window: Window) -> Json:
    """The national solutions, by name; the category for needs that none meets comes last."""
    found = list(enumerate(queries.solutions(current_actor()), start=1))
    stretch = Stretch.cut(found[window.after :], window, len(found), _place)
    return listed(stretch, [_solution(row) for _, row in stretch.rows])


def _place(numbered: tuple[int, SolutionRow]) -> int:
    return numbered[0]


def _solution(row: SolutionRow) -> Json:
    confirmed = row.confirmed_at
    return {
        "key": row.key,
        "name": row.name,
        "description": row.description,
        "basis": row.standing,
        "confirmed": confirmed is not None,
        "confirmed_at": confirmed.isoformat() if confirmed else None,
        "source": row.source,
    }
