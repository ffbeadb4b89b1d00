"""A municipality's own answers as JSON, written one criterion at a time."""

from dataclasses import replace
from typing import Any

from flask import Response
from marshmallow import fields

from pilot.candidates import queries, service
from pilot.candidates.api.base import BY_NUMBER, bp
from pilot.candidates.queries import AnswerRow, AssessmentPage, ReviewPage
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

    assessment = Code(AssessmentKind, load_default=AssessmentKind.SELF.value)
    level = WholeNumber(LEVELS[0], LEVELS[-1], allow_none=True, required=True)
    rationale = Text(RATIONALE_MAX, load_default=None)
    evidence = Rows(Text(LINK_MAX, is_row=True, pattern=LINK), LINKS_MOST, load_default=None)
    version = WholeNumber(0, ID_MOST, allow_none=True, load_default=None)


class AnswerAnswer(Answers):
    code = fields.String()
    assessment = fields.String(metadata={"enum": list(AssessmentKind)})
    level = fields.Integer(allow_none=True, metadata={"minimum": LEVELS[0], "maximum": LEVELS[-1]})
    rationale = fields.String()
    evidence = fields.List(fields.String())
    version = fields.Integer(metadata={"minimum": 0})


@bp.operation("PUT", "/<number>/answers/<code>", AnswerAnswer, takes=AnswerBody, parameters=BY_CODE)
def put(asked: dict[str, Any], number: str, code: str) -> Response:
    """Answer a criterion in the open round: for the municipality one acts for (`self`), or as one
    who is asked to assess it (`panel`), whose answer nobody else sees before all are done.

    `level` null is «not assessed». `rationale` and `evidence` that are left out stay as they are.
    409 where another has changed the answer since `version`.
    """
    actor = current_actor()

    def write() -> tuple[int, Json]:
        kind = AssessmentKind(asked["assessment"])
        page = _page(kind, number, code)
        stored = page.answer(code)
        seen = stored.revision if asked["version"] is None else asked["version"]
        written = Written(_over(stored.text, asked), seen)
        save = service.save_review if kind is AssessmentKind.PANEL else service.save_answers
        if save(actor, page.row.id, {code: written}).clashes:
            raise Conflict(say("Noen har endret svaret siden du leste det. Les det på nytt."))
        return 200, _answer(kind, code, _page(kind, number, code).answer(code))

    return done(write)


def _page(kind: AssessmentKind, number: str, code: str) -> AssessmentPage | ReviewPage:
    actor = current_actor()
    in_round = queries.current(actor)
    if in_round is None:
        raise Missing
    read = queries.my_review if kind is AssessmentKind.PANEL else queries.assessment_page
    page: AssessmentPage | ReviewPage = read(actor, in_round.id, number)
    if all(one.code != code for one in page.criteria):
        raise Missing
    return page


def _over(stored: AnswerText, asked: dict[str, Any]) -> AnswerText:
    """What is sent, over what stands of the parts that were left out."""
    given = {name: asked[name] for name in ("rationale", "evidence") if asked[name] is not None}
    if "evidence" in given:
        given["evidence"] = tuple(given["evidence"])
    return replace(stored, level=asked["level"], **given)


def _answer(kind: AssessmentKind, code: str, row: AnswerRow) -> Json:
    return {
        "code": code,
        "assessment": kind,
        "level": row.text.level,
        "rationale": row.text.rationale,
        "evidence": [*row.text.evidence],
        "version": row.revision,
    }
