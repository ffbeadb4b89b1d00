"""What the commands of the catalogue share."""

from pilot.core.errors import Conflict, Rejected
from pilot.core.words import Message


class Stale(Conflict):
    """The text has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]
