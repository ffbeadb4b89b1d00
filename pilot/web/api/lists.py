"""Lists that are fetched a stretch at a time, each with the address of the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from marshmallow import EXCLUDE, Schema, fields, post_load

from pilot.core.words import say
from pilot.web.api.endpoints import Answers, Json
from pilot.web.api.fields import Spoken, WrittenNumber, refusal

T = TypeVar("T")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LIMIT_MOST = 500
LIMIT = 50
LONGEST = 6  # letters of a cursor
LARGEST = 2**31 - 1  # number of a row


@dataclass(frozen=True)
class Window:
    """At most `limit` rows, those with a number above `after`."""

    limit: int = LIMIT
    after: int = 0


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """Rows of a list in the order of their numbers; `last` is the number to go on from, if any."""

    rows: Sequence[T]
    total: int
    window: Window
    last: int | None

    @classmethod
    def cut(
        cls, rows: Sequence[T], window: Window, total: int, number: Callable[[T], int]
    ) -> "Stretch[T]":
        """From one row more than is shown, if there is one: it tells that the list goes on."""
        shown = rows[: window.limit]
        goes_on = len(rows) > len(shown)
        return cls(shown, total, window, number(shown[-1]) if goes_on else None)


class Cursor(Spoken, fields.String):
    """Where the stretch before ended. It stays good when rows come and go."""

    def __init__(self, **options: Any) -> None:
        pattern = f"^[0-9a-z]{{1,{LONGEST}}}$"
        super().__init__(metadata={"pattern": pattern}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:  # type: ignore[override]  # read
        text = str(value)
        if not 0 < len(text) <= LONGEST or set(text) - set(DIGITS):
            raise refusal(say("Bruk verdien fra next i forrige svar, uendret."))
        return min(int(text, len(DIGITS)), LARGEST)


class WindowArgs(Schema):
    class Meta:
        unknown = EXCLUDE

    limit = WrittenNumber(1, LIMIT_MOST, load_default=LIMIT)
    cursor = Cursor(load_default=0)

    @post_load
    def window(self, values: dict[str, int], **_: object) -> Window:
        return Window(values["limit"], values["cursor"])


class ListAnswers(Answers):
    """What every list answers with, but for its `items`."""

    total = fields.Integer(metadata={"minimum": 0, "description": "In the whole list"})
    next = fields.String(
        allow_none=True, metadata={"description": "The path of the next stretch; null at the end"}
    )


def listed(found: Stretch[T], items: list[Json], **asked: Any) -> Json:
    """The body that every list answers with; `asked` is what else the next stretch must ask."""
    following = None
    if found.last is not None:
        cursor = _written(found.last)
        following = url_for(
            request.endpoint or "", limit=found.window.limit, cursor=cursor, **asked
        )
    return {"items": items, "total": found.total, "next": following}


def _written(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits or DIGITS[0]
