"""What the API is asked to write of stories, and the rules for it that JSON Schema can tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from marshmallow import post_load

from pilot.catalogue.rules import settings, solution_keys
from pilot.stories.rules import (
    LANGUAGES,
    LIMITS,
    LINE_MAX,
    MOVES,
    PATIENTS_MAX,
    PUBLISHED,
    REASON_MAX,
    REQUIRED,
    ROWS_MAX,
    SENTENCE_MAX,
    Frequency,
    StoryText,
)
from pilot.web.api import (
    EMPTY_OR_LEGIBLE,
    LEGIBLE,
    VISIBLE,
    Body,
    Code,
    Json,
    Rows,
    Text,
    WholeNumber,
    YesNo,
)

SOLUTIONS_MAX = 50


@dataclass(frozen=True)
class Written:
    text: StoryText
    submit: bool


class StoryBody(Body):
    submit = YesNo(load_default=False)
    title = Text(LIMITS["title"], is_line=True, pattern=EMPTY_OR_LEGIBLE, load_default="")
    role = Text(LIMITS["role"], is_line=True, pattern=EMPTY_OR_LEGIBLE, load_default="")
    need = Text(LIMITS["need"], pattern=EMPTY_OR_LEGIBLE, load_default="")
    benefit = Text(LIMITS["benefit"], pattern=EMPTY_OR_LEGIBLE, load_default="")
    context = Text(LIMITS["context"], load_default="")
    consequence = Text(LIMITS["consequence"], load_default="")
    criteria = Rows(Text(SENTENCE_MAX, is_row=True), ROWS_MAX, load_default=())
    elements = Rows(Text(LINE_MAX, is_line=True, is_row=True), ROWS_MAX, load_default=())
    solutions = Rows(Code(solution_keys()), SOLUTIONS_MAX, load_default=())
    from_setting = Code(settings(), allow_none=True, load_default=None)
    to_setting = Code(settings(), allow_none=True, load_default=None)
    frequency = Code(Frequency, allow_none=True, load_default=None)
    patients_per_year = WholeNumber(0, PATIENTS_MAX, allow_none=True, load_default=None)
    language = Code(LANGUAGES, load_default=LANGUAGES[0])

    @post_load
    def written(self, values: Json, **_: object) -> Written:
        submit = values.pop("submit")
        for name in ("criteria", "elements"):
            values[name] = tuple(values[name])
        values["solutions"] = tuple(sorted(set(values["solutions"])))
        if values["frequency"]:
            values["frequency"] = Frequency(values["frequency"])
        return Written(StoryText(**values), submit)


SAYS_SOMETHING: Json = {"type": "string", "pattern": VISIBLE}
READS: Json = {"type": "string", "pattern": LEGIBLE}
#: Each field of a draft that says nothing; one in which all are so is refused.
EMPTY: Json = {
    **{name: {"not": SAYS_SOMETHING} for name in LIMITS},
    **{name: {"maxItems": 0} for name in ("criteria", "elements", "solutions")},
    **{name: {"type": "null"} for name in ("from_setting", "to_setting", "frequency")},
    "patients_per_year": {"type": "null"},
}
DRAFT: Json = {
    "title": "A draft: anything but nothing",
    "properties": {"submit": {"const": False}},
    "not": {"properties": EMPTY},
}
SENT_IN: Json = {
    "title": "A story that is sent in at once",
    "required": ["submit", *REQUIRED],
    "properties": {"submit": {"const": True}, **dict.fromkeys(REQUIRED, READS)},
}


class TransitionBody(Body):
    to = Code((*MOVES, PUBLISHED), required=True)
    reason = Text(REASON_MAX, load_default="")


def _transition(codes: Sequence[str], **reason: Json) -> Json:
    return {
        "type": "object",
        "properties": {"to": {"enum": list(codes)}, **reason},
        "required": ["to"],
        "additionalProperties": False,
    }


_PLAIN = [code for code, move in MOVES.items() if not move.needs_reason]
_REASONED = [code for code, move in MOVES.items() if move.needs_reason]
_REASON: Json = {"type": "string", "maxLength": REASON_MAX}

STORY: Json = {"allOf": [StoryBody, {"anyOf": [DRAFT, SENT_IN]}]}
TRANSITION: Json = {
    "anyOf": [
        _transition(_PLAIN, reason=_REASON),
        _transition(_REASONED, reason=_REASON | SAYS_SOMETHING) | {"required": ["to", "reason"]},
        _transition([PUBLISHED]),
    ]
}
