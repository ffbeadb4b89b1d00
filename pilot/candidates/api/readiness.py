"""Readiness as JSON: the arithmetic itself, for anyone who wants to check it."""

import math
from collections import Counter
from typing import Any

from marshmallow import fields, post_load

from pilot.core.errors import Rejected
from pilot.core.words import say
from pilot.methods.readiness import (
    HIGHEST,
    LOWEST,
    Criterion,
    Figure,
    GateState,
    Levels,
    Readiness,
    readiness,
)
from pilot.web.api import (
    PREFIX,
    Answers,
    Body,
    Endpoints,
    Json,
    Rows,
    Spoken,
    WholeNumber,
    refusal,
)

NAME_MAX = 120
MOST_CRITERIA = 500
MOST_WEIGHT = 1_000_000
SCALE = {"minimum": LOWEST, "maximum": HIGHEST}
SHARE = {"minimum": 0, "maximum": 1}
bp = Endpoints("methods-api", __name__, url_prefix=f"{PREFIX}/methods")


# --- what is asked ---------------------------------------------------------------------------


class Name(Spoken, fields.String):
    """A name by which things are told apart; it is answered as it came and never stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"minLength": 1, "maxLength": NAME_MAX}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        if not 0 < len(value) <= NAME_MAX:
            raise refusal(say("Skriv fra 1 til %(most)d tegn.", most=NAME_MAX))
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise self.make_error("unreadable")
        return value


class Weight(Spoken, fields.Float):
    """A number from 0, whole or not."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"minimum": 0, "maximum": MOST_WEIGHT}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not (0 <= value <= MOST_WEIGHT and math.isfinite(value)):
            words = say("Skriv et tall fra %(least)d til %(most)d.", least=0, most=MOST_WEIGHT)
            raise refusal(words)
        return float(value)


class Nested(Spoken, fields.Nested):
    """A body within a body."""


class LevelsField(Spoken, fields.Dict):
    """A level, or null, for each code."""

    def __init__(self, **options: Any) -> None:
        level = WholeNumber(LOWEST, HIGHEST, allow_none=True)
        super().__init__(keys=Name(), values=level, **options)

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> dict[str, int | None]:
        if not isinstance(value, dict):
            raise self.make_error("object")
        return super()._deserialize(value, *rest, **more)  # type: ignore[no-untyped-call,no-any-return]  # marshmallow's


class CriterionBody(Body):
    code = Name(required=True)
    dimension = Name(required=True)
    weight = Weight(required=True)
    gate = WholeNumber(LOWEST, HIGHEST, allow_none=True, load_default=None)

    @post_load
    def criterion(self, values: dict[str, Any], **_: object) -> Criterion:
        return Criterion(**values)


class ReadinessBody(Body):
    criteria = Rows(Nested(CriterionBody), MOST_CRITERIA, required=True)
    levels = LevelsField(required=True)


# --- what is answered ------------------------------------------------------------------------


class FigureAnswer(Answers):
    value = fields.Float(allow_none=True, metadata=SCALE)
    low = fields.Float(metadata=SCALE)
    high = fields.Float(metadata=SCALE)
    completeness = fields.Float(metadata=SHARE)


class DimensionAnswer(FigureAnswer):
    name = fields.String()


class GateAnswer(Answers):
    code = fields.String()
    state = fields.String(metadata={"enum": list(GateState)})


class ReadinessAnswer(Answers):
    overall = fields.Float(allow_none=True, metadata=SCALE)
    low = fields.Float(metadata=SCALE)
    high = fields.Float(metadata=SCALE)
    completeness = fields.Float(metadata=SHARE)
    dimensions = fields.List(fields.Nested(DimensionAnswer))
    gates = fields.List(fields.Nested(GateAnswer))


def readiness_json(found: Readiness) -> Json:
    overall = _figure(found.overall)
    return {
        "overall": overall.pop("value"),
        **overall,
        "dimensions": [{"name": one.name, **_figure(one)} for one in found.dimensions],
        "gates": [{"code": gate.code, "state": gate.state} for gate in found.gates],
    }


def _figure(figure: Figure) -> Json:
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "completeness": figure.completeness,
    }


@bp.operation("POST", "/readiness", ReadinessAnswer, takes=ReadinessBody)
def compute(asked: dict[str, Any]) -> Json:
    """Readiness from criteria and levels in the body, by the function that the pages use.

    A code that is missing from `levels` is not assessed, as is one that is null. Every criterion
    with a `gate` is reported, whatever its weight. Nothing is stored.
    """
    criteria: list[Criterion] = asked["criteria"]
    levels: Levels = asked["levels"]
    codes = Counter(one.code for one in criteria)
    doubled = [code for code, times in codes.items() if times > 1]
    if doubled:
        raise Rejected(say("Denne koden står to ganger: %(code)s.", code=doubled[0]), "criteria")
    unknown = [code for code in levels if code not in codes]
    if unknown:
        words = say("Ingen av kriteriene har denne koden: %(code)s.", code=unknown[0])
        raise Rejected(words, "levels")
    return readiness_json(readiness(criteria, levels))
