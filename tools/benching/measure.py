"""Clocks and counters: the process's own time, statements, bytes."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

_NO_STATEMENT = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)", re.IGNORECASE)
WARM = 5  # requests before the clock counts


@dataclass(frozen=True)
class Page:
    """What one address says to one person, once."""

    status: int
    mimetype: str
    html: str
    statements: int

    @property
    def kilobytes(self) -> float:
        return len(self.html.encode()) / 1000

    @property
    def gzipped(self) -> float:
        return len(gzip.compress(self.html.encode(), 6)) / 1000


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that a block sends."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not _NO_STATEMENT.match(statement):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def look(engine: Engine, client: FlaskClient, path: str) -> Page:
    """Fetch once to warm it, and once to see what it is."""
    client.get(path)
    with counted(engine) as sent:
        answer = client.get(path)
    return Page(answer.status_code, answer.mimetype or "", answer.text, len(sent))


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def ratio(work: Callable[[], object], bare: Callable[[], float], rounds: int) -> float:
    """How many bare ones one costs; taken in turns, so that a machine that tires tires both."""
    for _ in range(WARM):
        cpu(work), bare()
    pairs = [(bare(), cpu(work)) for _ in range(rounds)]
    return median(one for _, one in pairs) / median(one for one, _ in pairs)
