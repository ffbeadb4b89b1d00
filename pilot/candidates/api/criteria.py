"""The criteria as JSON: those of the newest published version."""

from marshmallow import fields

from pilot.candidates import queries
from pilot.candidates.queries import SetPage
from pilot.candidates.rules.criteria import LEVELS, CriterionText, Dimension, tongue_of
from pilot.web.access import current_actor
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
from pilot.web.i18n import current_locale

bp = Endpoints("criteria-api", __name__, url_prefix=f"{PREFIX}/criteria")
LEVEL: Json = {"minimum": LEVELS[0], "maximum": LEVELS[-1]}


class CriterionAnswer(Answers):
    code = fields.String()
    dimension = fields.String(metadata={"enum": list(Dimension)})
    weight = fields.Integer(metadata={"minimum": 0, "description": "0: counts in no mean"})
    gate = fields.Integer(
        allow_none=True, metadata=LEVEL | {"description": "The least level a candidate must have"}
    )
    title = fields.String()
    question = fields.String()
    good = fields.String(metadata={"description": "What good looks like"})
    evidence = fields.String()
    levels = fields.List(
        fields.String(), metadata={"description": "What each level means, level 0 first"}
    )


class CriteriaAnswer(ListAnswers):
    items = fields.List(fields.Nested(CriterionAnswer))
    version = fields.Integer(metadata={"minimum": 1})


@bp.operation("GET", "", CriteriaAnswer, takes=WindowArgs, may_be_missing=True)
def index(window: Window) -> Json:
    """The criteria of the newest published version, by dimension and code.

    Texts are in nynorsk for those who read it, else in bokmål.
    """
    page: SetPage = queries.criteria_set(current_actor())
    found = list(enumerate(page.criteria, start=1))
    stretch = Stretch.cut(found[window.after :], window, len(found), lambda row: row[0])
    items = [_criterion(text) for _at, text in stretch.rows]
    return listed(stretch, items) | {"version": page.line.version}


def _criterion(text: CriterionText) -> Json:
    asked = text.asked(tongue_of(current_locale()))
    return {
        "code": text.code,
        "dimension": text.dimension,
        "weight": text.weight,
        "gate": text.gate,
        "title": asked.title,
        "question": asked.question,
        "good": asked.good,
        "evidence": asked.evidence,
        "levels": [*asked.levels],
    }
