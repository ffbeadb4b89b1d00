"""The site as it runs for people: a gunicorn of its own, on a database file of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import httpx

from tests.support import pages
from tests.support.databases import KEY, ROOT
from tests.support.servers import free_port, until

T = TypeVar("T")
PASSWORD = "et passord for prøvene"  # of every demo person
PATIENCE = 60.0
#: Nothing here is encrypted, and reading the world's certificates takes longer than a request.
HTTP: dict[str, Any] = {"trust_env": False, "verify": False}


class Site:
    """A running site: its address, its database and what it wrote to its log."""

    def __init__(self, url: str, database: str, log: Path) -> None:
        self.url = url
        self.database = database
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text()

    def visitor(self, email: str | None = None) -> "Visitor":
        """Someone with a simple browser; signed in, if an address is given."""
        visitor = Visitor(self.url)
        if email:
            visitor.sign_in(email)
        return visitor


class Visitor:
    """A simple browser over HTTP: it keeps cookies, reads forms and sends them with their token."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, **HTTP)

    @property
    def cookies(self) -> list[tuple[str, str]]:
        return list(self._http.cookies.items())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self._http.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        return self._http.post(path, data=data, **options)

    def form(self, path: str, *, form: int = 0, to: str = "") -> pages.Form:
        page = self.get(path)
        assert page.status_code == 200, f"{path} answered {page.status_code}"
        found = pages.forms(page.text, path)
        wanted = [f for f in found if f.action.endswith(to)] if to else found[form : form + 1]
        assert wanted, f"no such form on {path}; they go to {[f.action for f in found]}"
        return wanted[0]

    def send(self, form: pages.Form, **fields: Any) -> httpx.Response:
        return self.post(form.action, form.filled(fields))

    def submit(self, path: str, *, form: int = 0, to: str = "", **fields: Any) -> httpx.Response:
        return self.send(self.form(path, form=form, to=to), **fields)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        answer = self.submit("/logg-inn", email=email, password=password)
        assert answer.status_code == 302, f"{email} was not signed in: {answer.status_code}"

    def close(self) -> None:
        self._http.close()


def together(tasks: list[Callable[[], T]]) -> list[T]:
    """Run tasks at the same moment, a thread each; their answers in the same order."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        start.wait(PATIENCE)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def environment(database: str, port: int = 8000, **settings: str) -> dict[str, str]:
    """What the site reads, with nothing of the machine's own settings."""
    keep = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_RUNTIME_DIR", "VIRTUAL_ENV"}
    return {
        **{name: value for name, value in os.environ.items() if name in keep},
        "DATABASE_URL": database,
        "SECRET_KEY": KEY,
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PILOT_DEMO_PASSWORD": PASSWORD,
        **settings,
    }


def flask(database: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `flask …` in a process of its own, beside whatever else runs."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("flask")), *arguments],
        cwd=ROOT,
        env=environment(database, **settings),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def prepare(database: str) -> None:
    """Migrate and seed a database, as `make run` does before it serves."""
    ran = flask(database, "pilot", "prepare", DEMO="1")
    assert ran.returncode == 0, ran.stderr


@contextmanager
def serving(
    database: str, log: Path, *, processes: int = 1, demo: bool = True, **settings: str
) -> Iterator[Site]:
    """Prepare a database, if it is not yet, and serve it, as `make run` does."""
    port = free_port()
    settings |= {"PILOT_PREPARE": "1", "DEMO": "1" if demo else "0"}
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    with log.open("w") as out:
        server = subprocess.Popen(
            [gunicorn, "-c", "gunicorn.conf.py", "--workers", str(processes), "app:app"],
            cwd=ROOT,
            env=environment(database, port, **settings),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    site = Site(f"http://127.0.0.1:{port}", database, log)
    try:
        until(lambda: _answers(site, server), "the site")
        yield site
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _answers(site: Site, server: subprocess.Popen[bytes]) -> bool:
    assert server.poll() is None, f"the site did not start:\n{site.log}"
    try:
        return httpx.get(f"{site.url}/readyz", **HTTP).status_code == 200
    except httpx.TransportError:
        return False
