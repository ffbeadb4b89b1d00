"""Many at once, from processes of their own, on a database of their own."""

import multiprocessing as mp
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
from flask import Flask

from pilot.core.db import db

PATIENCE = 90.0

#: Runs in another process, so it is a function of a module: takes its number, gives an answer.
Task = Callable[[int], Any]


def race(task: Task, database: str, *, processes: int = 2, threads: int = 20) -> list[Any]:
    """Start `task(0)`, `task(1)`, … at the same moment, a connection each; their answers.

    An exception that the task does not answer for fails the test: nothing may be lost in silence.
    """
    spawn = mp.get_context("spawn")
    start, answers = spawn.Barrier(processes * threads), spawn.Queue()
    workers = [
        spawn.Process(target=_work, args=(task, database, at * threads, threads, start, answers))
        for at in range(processes)
    ]
    for worker in workers:
        worker.start()
    said = [answer for _ in workers for answer in answers.get(timeout=PATIENCE)]
    for worker in workers:
        worker.join(PATIENCE)
    faults = [answer for answer in said if isinstance(answer, Fault)]
    assert not faults, faults
    return said


class Fault(str):
    """What went wrong in another process, in words: not every exception can travel."""


def _work(task: Task, database: str, first: int, threads: int, start: Any, answers: Any) -> None:
    """A process of the crowd. Whatever goes wrong is answered: else the race would wait for it."""

    def run(app: Flask, number: int) -> Any:
        with app.app_context():
            db.session.connection()  # the read every request begins with
            start.wait(PATIENCE)
            try:
                return task(number)
            except Exception as fault:
                return Fault(f"{type(fault).__name__}: {fault}")

    try:
        from tests.support.databases import make_app

        app = make_app(database)
        with ThreadPoolExecutor(threads) as pool:
            answers.put(list(pool.map(partial(run, app), range(first, first + threads))))
    except Exception as fault:
        start.abort()  # the others need not wait for this one
        answers.put([Fault(f"{type(fault).__name__}: {fault}")])


@dataclass(frozen=True)
class Call:
    """A request to the API of a running site."""

    method: str
    url: str
    token: str
    body: Any = None


def race_over_http(calls: list[Call], *, processes: int = 2) -> list[tuple[int, Any]]:
    """Send every request at the same moment, a connection each; the answers in their order."""
    spawn = mp.get_context("spawn")
    start, answers = spawn.Barrier(len(calls)), spawn.Queue()
    workers = [
        spawn.Process(target=_call_all, args=(at, calls[at::processes], start, answers))
        for at in range(processes)
    ]
    for worker in workers:
        worker.start()
    shares = dict(answers.get(timeout=PATIENCE) for _ in workers)
    for worker in workers:
        worker.join(PATIENCE)
    return [shares[at % processes][at // processes] for at in range(len(calls))]


def _call_all(at: int, calls: list[Call], start: Any, answers: Any) -> None:
    def send(call: Call) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {call.token}"}
        with httpx.Client(timeout=PATIENCE, trust_env=False, headers=headers) as client:
            start.wait(PATIENCE)
            answer = client.request(call.method, call.url, json=call.body)
            return answer.status_code, answer.json()

    with ThreadPoolExecutor(len(calls)) as pool:
        answers.put((at, list(pool.map(send, calls))))
