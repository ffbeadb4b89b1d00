"""Candidates as JSON: what the caller may know of them, as on the pages."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load

from pilot.candidates import queries
from pilot.candidates.api.base import BY_NUMBER, NUMBER, bp
from pilot.candidates.api.readiness import ReadinessAnswer, readiness_json
from pilot.candidates.queries import CandidateRow, RoundPage
from pilot.candidates.rules import CandidateState
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.web.access import current_actor
from pilot.web.api import (
    Answers,
    Json,
    ListAnswers,
    Stretch,
    Window,
    WindowArgs,
    WrittenNumber,
    listed,
)

ROUND: Json = {"description": "The number of a round; the open one, or the last, if not given"}
LARGEST = 2**31 - 1


class CandidateAnswer(Answers):
    number = fields.String(metadata=NUMBER)
    name = fields.String()
    county = fields.String()
    county_number = fields.String(metadata={"pattern": "^[0-9]{2}$"})
    round = fields.Integer(metadata={"minimum": 1})
    state = fields.String(
        metadata={"enum": list(CandidateState), "description": "As far as the caller may see it"}
    )
    state_since = fields.DateTime()
    public_reason = fields.String(allow_none=True, metadata={"description": "On release"})


class CandidateInFull(CandidateAnswer):
    readiness = fields.Nested(
        ReadinessAnswer,
        allow_none=True,
        metadata={"description": "For KS, of what was sent in; for the municipality, as it stands"},
    )


class CandidatesAnswer(ListAnswers):
    items = fields.List(fields.Nested(CandidateAnswer))


class _Round(WrittenNumber):
    def __init__(self) -> None:
        super().__init__(1, LARGEST, load_default=None)
        self.metadata = {**self.metadata, **ROUND}


class RoundArgs(Schema):
    class Meta:
        unknown = EXCLUDE

    round = _Round()


class WindowOfRoundArgs(WindowArgs):
    round = _Round()

    @post_load
    def window(self, values: dict[str, Any], **_: object) -> tuple[Window, int | None]:
        return Window(values["limit"], values["cursor"]), values["round"]


@bp.operation("GET", "", CandidatesAnswer, takes=WindowOfRoundArgs, may_be_missing=True)
def index(asked: tuple[Window, int | None]) -> Json:
    """The candidates of a round that the caller may know of, by municipality number."""
    actor, (window, round_id) = current_actor(), asked
    in_round = _round(actor, round_id)
    rows: tuple[CandidateRow, ...] = ()
    total = 0
    if in_round is not None:
        most = window.limit + 1
        rows, total = queries.records(actor, in_round.id, after=window.after, most=most)
    stretch = Stretch.cut(rows, window, total, lambda row: int(row.number))
    return listed(stretch, [_candidate(row) for row in stretch.rows], round=round_id)


@bp.operation("GET", "/<number>", CandidateInFull, takes=RoundArgs, parameters=BY_NUMBER)
def show(asked: dict[str, int | None], number: str) -> Json:
    """A municipality in a round; one that the caller may not know of does not exist."""
    actor = current_actor()
    in_round = _round(actor, asked["round"])
    if in_round is None:
        raise Missing
    row, reached = queries.one_with_readiness(actor, in_round.id, number)
    return _candidate(row) | {"readiness": readiness_json(reached) if reached else None}


def _round(actor: Actor, round_id: int | None) -> RoundPage | None:
    if round_id is not None:
        return queries.round_page(actor, round_id)
    return queries.current(actor)


def _candidate(row: CandidateRow) -> Json:
    return {
        "number": row.number,
        "name": row.name,
        "county": row.county,
        "county_number": row.county_number,
        "round": row.round_id,
        "state": row.state,
        "state_since": row.state_since.isoformat(),
        "public_reason": row.public_reason or None,
    }
