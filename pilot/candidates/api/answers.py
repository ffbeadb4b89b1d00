"""A municipality's own answers as JSON, written one criterion at a time."""

from dataclasses import replace
from typing import Any

from flask import Response
from marshmallow import fields, post_load

from pilot.candidates import queries, service
from pilot.candidates.api.base import BY_NUMBER, bp
from pilot.candidates.queries import AnswerRow, AssessmentPage
from pilot.candidates.rules.assessing import (
    LINK_MAX,
    LINKS_MOST,
    RATIONALE_MAX,
    AnswerText,
    AssessmentKind,
    Written,
)
from pilot.candidates.rules.criteria import LEVELS
from pilot.core.db import ID_MOST
from pilot.core.errors import Conflict, Missing
from pilot.core.words import say
from pilot.web.access import current_actor
from pilot.web.api import Answers, Body, Code, Json, Rows, Text, WholeNumber, done

CODE: Json = {"type": "string", "pattern": "^[A-ZÆØÅ]{1,3}[1-9][0-9]?$"}
BY_CODE: list[Json] = [*BY_NUMBER, {"name": "code", "in": "path", "required": True, "schema": CODE}]
LINK = "^https?://[^\\s]+$"


class AnswerBody(Body):
    """`version` is that of the answer when it was read; without it, what stands is written over."""

    assessment = Code((AssessmentKind.SELF.value,), load_default=AssessmentKind.SELF.value)
    level = WholeNumber(LEVELS[0], LEVELS[-1], allow_none=True, required=True)
    rationale = Text(RATIONALE_MAX, load_default=None)
    evidence = Rows(Text(LINK_MAX, is_row=True, pattern=LINK), LINKS_MOST, load_default=None)
    version = WholeNumber(0, ID_MOST, allow_none=True, load_default=None)

    @post_load
    def answer(self, values: dict[str, Any], **_: object) -> dict[str, Any]:
        del values["assessment"]
        return values


class AnswerAnswer(Answers):
    code = fields.String()
    assessment = fields.String(metadata={"enum": [AssessmentKind.SELF.value]})
    level = fields.Integer(allow_none=True, metadata={"minimum": LEVELS[0], "maximum": LEVELS[-1]})
    rationale = fields.String()
    evidence = fields.List(fields.String())
    version = fields.Integer(metadata={"minimum": 0})


@bp.operation("PUT", "/<number>/answers/<code>", AnswerAnswer, takes=AnswerBody, parameters=BY_CODE)
def put(asked: dict[str, Any], number: str, code: str) -> Response:
    """Answer a criterion for the municipality one acts for, in the open round.

    `level` null is «not assessed». `rationale` and `evidence` that are left out stay as they are.
    409 where another has changed the answer since `version`.
    """
    actor = current_actor()

    def write() -> tuple[int, Json]:
        page = _page(number, code)
        stored = page.answer(code)
        seen = stored.revision if asked["version"] is None else asked["version"]
        written = Written(_over(stored.text, asked), seen)
        saved = service.save_answers(actor, page.row.id, {code: written})
        if saved.clashes:
            raise Conflict(say("Noen har endret svaret siden du leste det. Les det på nytt."))
        return 200, _answer(code, _page(number, code).answer(code))

    return done(write)


def _page(number: str, code: str) -> AssessmentPage:
    actor = current_actor()
    in_round = queries.current(actor)
    if in_round is None:
        raise Missing
    page = queries.assessment_page(actor, in_round.id, number)
    if all(one.code != code for one in page.criteria):
        raise Missing
    return page


def _over(stored: AnswerText, asked: dict[str, Any]) -> AnswerText:
    """What is sent, over what stands of the parts that were left out."""
    given = {name: asked[name] for name in ("rationale", "evidence") if asked[name] is not None}
    if "evidence" in given:
        given["evidence"] = tuple(given["evidence"])
    return replace(stored, level=asked["level"], **given)


def _answer(code: str, row: AnswerRow) -> Json:
    return {
        "code": code,
        "assessment": AssessmentKind.SELF,
        "level": row.text.level,
        "rationale": row.text.rationale,
        "evidence": [*row.text.evidence],
        "version": row.revision,
    }
