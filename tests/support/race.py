"""Many at once, from processes of their own, on a database of their own."""

import multiprocessing as mp
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection
from threading import Barrier
from typing import Any

import httpx
from flask import Flask
from sqlalchemy import create_engine

from pilot.core.db import db, prepare_sqlite
from tests.support.site import HTTP

PATIENCE = 90.0

#: Runs in another process, so it is a function of a module: takes its number, gives an answer.
Task = Callable[[int], Any]
#: What one of the processes does: tells when its threads are ready, gives its answers.
Work = Callable[[Callable[[], None]], list[Any]]


class Fault(str):
    """What went wrong in another process, in words: not every exception can travel."""


class Crowd:
    """Processes that stand ready all through the run: starting one takes longer than a race."""

    def __init__(self, processes: int) -> None:
        spawn = mp.get_context("spawn")
        self._together = together = spawn.Barrier(processes)  # theirs is gone when ours is
        self._ends: list[Connection] = []
        for _ in range(processes):
            ours, theirs = spawn.Pipe()
            spawn.Process(target=_stand_ready, args=(theirs, together), daemon=True).start()
            self._ends.append(ours)

    def run(self, works: Iterable[Work]) -> list[Any]:
        """Give each process its work; their answers in that order. Fails the test on any fault."""
        for end, work in zip(self._ends, works, strict=True):
            end.send(work)
        said = [answer for end in self._ends for answer in self._answers(end)]
        faults = [answer for answer in said if isinstance(answer, Fault)]
        if faults:
            _crowd.cache_clear()  # its barrier is broken
        assert not faults, faults
        return said

    def _answers(self, end: Connection) -> list[Any]:
        if not end.poll(PATIENCE):
            return [Fault("no answer")]
        answers: list[Any] = end.recv()
        return answers


@cache
def _crowd(processes: int) -> Crowd:
    return Crowd(processes)


def _stand_ready(end: Connection, together: Any) -> None:
    """A process of the crowd. Whatever goes wrong is answered: else the race would wait for it."""
    while True:
        try:
            end.send(end.recv()(partial(together.wait, PATIENCE)))
        except EOFError:
            return
        except Exception as fault:
            together.abort()  # the others need not wait for this one
            end.send([Fault(f"{type(fault).__name__}: {fault}")])


def race(task: Task, database: str, *, processes: int = 2, threads: int = 20) -> list[Any]:
    """Start `task(0)`, `task(1)`, … at the same moment, a connection each; their answers.

    An exception that the task does not answer for fails the test: nothing may be lost in silence.
    """
    shares = (range(at * threads, (at + 1) * threads) for at in range(processes))
    return _crowd(processes).run(partial(_race, task, database, share) for share in shares)


def _race(task: Task, database: str, share: range, ready: Callable[[], None]) -> list[Any]:
    app, start = _site(database), Barrier(len(share), action=ready)
    engine = create_engine(database, **app.config["SQLALCHEMY_ENGINE_OPTIONS"])
    prepare_sqlite(engine)
    with app.app_context():
        db.engines[None] = engine
    app.extensions["limiter"].storage.reset()
    try:
        with ThreadPoolExecutor(len(share)) as pool:
            return list(pool.map(partial(_run, app, task, start), share))
    finally:
        engine.dispose()


_sites: list[Flask] = []  # one at most: making it takes longer than many races


def _site(database: str) -> Flask:
    """The site as a process of the crowd runs it; each race gives it a database."""
    from tests.support.databases import make_app

    if not _sites:
        _sites.append(make_app(database))
    return _sites[0]


def _run(app: Flask, task: Task, start: Barrier, number: int) -> Any:
    with app.app_context():
        try:
            db.session.connection()  # the read every request begins with
            start.wait(PATIENCE)
            return task(number)
        except Exception as fault:
            start.abort()  # where some have not come to the start, the others need not wait
            return Fault(f"{type(fault).__name__}: {fault}")


@dataclass(frozen=True)
class Call:
    """A request to the API of a running site."""

    method: str
    url: str
    token: str
    body: Any = None


def race_over_http(calls: list[Call], *, processes: int = 2) -> list[tuple[int, Any]]:
    """Send every request at the same moment, a connection each; the answers in their order."""
    shares = [calls[at::processes] for at in range(processes)]
    said = iter(_crowd(processes).run(partial(_call_all, share) for share in shares))
    answers = [[next(said) for _ in share] for share in shares]
    return [answers[at % processes][at // processes] for at in range(len(calls))]


def _call_all(calls: list[Call], ready: Callable[[], None]) -> list[tuple[int, Any]]:
    start = Barrier(len(calls), action=ready)
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(partial(_send, start), calls))


def _send(start: Barrier, call: Call) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {call.token}"}
    with httpx.Client(timeout=PATIENCE, headers=headers, **HTTP) as client:
        start.wait(PATIENCE)
        answer = client.request(call.method, call.url, json=call.body)
        return answer.status_code, answer.json()
