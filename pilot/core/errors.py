"""What the domain can refuse; `web` turns each into an answer with a status code."""

from collections.abc import Callable
from typing import Any

from pilot.core.words import Message


class Refusal(Exception):
    """A no that the user caused or may meet; never a bug."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.found: list[tuple[str | None, Message]] = []


class Missing(Refusal):
    """No such thing, or not yours to know of."""


class Forbidden(Refusal):
    """You may see it, but not do this to it."""


class Conflict(Refusal):
    """Someone else was quicker; asking again may succeed."""


class Rejected(Refusal):
    """A rule said no; `found` names each form field to mend and what to do, the first of them also
    as `field` and `message`."""

    message: Message

    def __init__(self, message: Message, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        self.found = [(field, message)]


def every(*checks: Callable[[], Any]) -> list[Any]:
    """What each check answers; where some refuse, one refusal names all that they found."""
    answers: list[Any] = []
    found: list[tuple[str | None, Message]] = []
    for check in checks:
        try:
            answers.append(check())
        except Rejected as refusal:
            found += refusal.found
    if found:
        field, message = found[0]
        refused = Rejected(message, field)
        refused.found = found
        raise refused
    return answers


class Throttled(Refusal):
    """Too many tries; `retry_after` says in how many seconds another may succeed."""

    def __init__(self, message: Message, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
