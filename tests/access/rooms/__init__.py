"""What the matrix needs to know of each room: what its forms are sent with, and what stands in its
addresses. A room is a module with `PREFIXES`, `FIELDS`, `values`, and maybe `fields`."""

from dataclasses import dataclass
from itertools import count

API = "/api/v1"
MUNICIPALITY = "0301"
numbers = count(1)


@dataclass(frozen=True)
class Row:
    """A line of the table: a route, in what state its subject is, and who gets which answer."""

    method: str
    rule: str
    subject: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.rule} {self.subject}"
