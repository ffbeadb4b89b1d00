"""Fields of request bodies: strict about types, and their refusals are sentences for people.

What a field refuses stands in its description too, so that the description of the API is true.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, fields

from pilot.core.clock import OSLO
from pilot.core.text import HOLDS_IDENTITY_NUMBER, clean, holds_identity_number
from pilot.core.words import Message, say

#: A text says something when it holds a character that can be seen.
VISIBLE = r"[^\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_VISIBLE = re.compile(VISIBLE)
#: A letter or a digit that is drawn; `has_words` asks that it is not part of a tag either.
LEGIBLE = r"[^\W_\u115f\u1160\u3164\uffa0]"
#: Left empty, or legible.
EMPTY_OR_LEGIBLE = f"^[{VISIBLE.removeprefix('[^')}*$|{LEGIBLE}"

SENTENCES: MappingProxyType[str, Message] = MappingProxyType(
    {
        "required": say("Feltet må være med."),
        "null": say("Feltet kan ikke være null."),
        "text": say("Verdien må være tekst."),
        "number": say("Verdien må være et helt tall."),
        "boolean": say("Verdien må være true eller false."),
        "empty": say("Skriv noe i raden, eller ta den bort."),
        "list": say("Verdien må være en liste."),
        "unknown": say("Feltet er ukjent."),
        "object": say("Innholdet må være et JSON-objekt."),
        "moment": say("Skriv et tidspunkt, for eksempel 2026-12-01T09:00:00+01:00."),
        "unreadable": say("Teksten har tegn som ikke kan lagres."),
    }
)


class Spoken(fields.Field[Any]):
    """Refuses with a message that is translated at the edge."""

    def make_error(self, key: str, **values: object) -> ValidationError:
        return refusal(SENTENCES[key])


def refusal(message: Message) -> ValidationError:
    return ValidationError([message])


class Text(Spoken, fields.String):
    """Text that a person wrote, cleaned as forms clean it; without visible characters it is empty.

    A line has its spaces and line breaks made one space each. A row of a list is never empty.
    `pattern` is what the description promises beside the length; the service keeps it.
    """

    def __init__(
        self,
        most: int,
        *,
        is_line: bool = False,
        is_row: bool = False,
        pattern: str = "",
        **options: Any,
    ) -> None:
        pattern = VISIBLE if is_row else pattern
        needed = {"pattern": pattern} if pattern else {}
        super().__init__(metadata={"maxLength": most} | needed, **options)
        self._most, self._is_line, self._is_row = most, is_line, is_row

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        if len(value) > self._most:
            raise refusal(
                say(
                    "Teksten er for lang: %(length)d tegn. Kort den ned til %(most)d tegn.",
                    length=len(value),
                    most=self._most,
                )
            )
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise self.make_error("unreadable")
        if holds_identity_number(value):
            raise refusal(HOLDS_IDENTITY_NUMBER)
        text = clean(value) if _VISIBLE.search(value) else ""
        if self._is_row and not text:
            raise self.make_error("empty")
        return " ".join(text.split()) if self._is_line else text


class Code(Spoken, fields.String):
    """One of a few codes."""

    def __init__(self, codes: Iterable[str], **options: Any) -> None:
        self._codes = tuple(codes)
        null = (None,) if options.get("allow_none") else ()
        super().__init__(metadata={"enum": [*self._codes, *null]}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        if value not in self._codes:
            raise refusal(say("Velg en av disse: %(codes)s.", codes=", ".join(self._codes)))
        return value


class WholeNumber(Spoken, fields.Integer):
    """An integer as JSON Schema has it: 99.0 is one, "99" and true are not."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(metadata={"minimum": least, "maximum": most}, **options)
        self._least, self._most = least, most

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("number")
        if not self._least <= value <= self._most:
            raise refusal(
                say("Skriv et tall fra %(least)d til %(most)d.", least=self._least, most=self._most)
            )
        return value


class WrittenNumber(WholeNumber):
    """The same in an address, where everything is text."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if not (isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}", value)):
            raise self.make_error("number")
        return super()._deserialize(int(value))


class YesNo(Spoken, fields.Boolean):
    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("boolean")
        return value


class Moment(Spoken, fields.DateTime):
    """A moment as RFC 3339 writes it; without an offset it is by the clock in Norway."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"format": "date-time"}, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        if not isinstance(value, str):
            raise self.make_error("moment")
        try:
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=OSLO)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.make_error("moment") from None


class Rows(Spoken, fields.List[Any]):
    """A list of at most so many."""

    def __init__(self, inner: fields.Field[Any], most: int, **options: Any) -> None:
        super().__init__(inner, metadata={"maxItems": most}, **options)
        self._most = most

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("list")
        if len(value) > self._most:
            raise refusal(say("Du kan ha inntil %(most)d rader. Slå sammen noen.", most=self._most))
        return super()._deserialize(value, *rest, **more)
