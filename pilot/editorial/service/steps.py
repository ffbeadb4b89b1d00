"""What the commands share."""

from pilot.core.errors import Conflict, Rejected
from pilot.core.words import Message, say


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


def refuse(found: list[tuple[str, Message]]) -> None:
    """Name every field that must be mended."""
    if found:
        refusal = Rejected(found[0][1], found[0][0])
        refusal.found = [*found]
        raise refusal


def refuse_stale(stored: int, revision: int) -> None:
    if stored != revision:
        raise Stale(say("Noen endret teksten mens du skrev."))
