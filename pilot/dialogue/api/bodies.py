"""What the API is asked to write of sessions."""

from dataclasses import dataclass

from marshmallow import post_load

from pilot.core.text import MARKDOWN_MAX
from pilot.dialogue.rules import (
    CAPACITY_MAX,
    PLACE_MAX,
    TITLE_MAX,
    URL_MAX,
    SessionText,
)
from pilot.web.api import Body, Json, Moment, Text, WholeNumber, YesNo


@dataclass(frozen=True)
class Written:
    text: SessionText
    publish: bool


class SessionBody(Body):
    title = Text(TITLE_MAX, is_line=True, is_row=True, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    capacity = WholeNumber(1, CAPACITY_MAX, required=True)
    text = Text(MARKDOWN_MAX, load_default="")
    place = Text(PLACE_MAX, is_line=True, load_default="")
    join_url = Text(URL_MAX, is_line=True, load_default="")
    quota = WholeNumber(1, CAPACITY_MAX, allow_none=True, load_default=None)
    registers_until = Moment(allow_none=True, load_default=None)
    publish = YesNo(load_default=False)

    @post_load
    def written(self, values: Json, **_: object) -> Written:
        publish = values.pop("publish")
        return Written(SessionText(**values), publish)


class NothingBody(Body):
    """Nothing: the caller is registered for the organisation that the token acts for."""

    may_be_empty = True
