"""Databases for tests: one template with the reference data, built once, and copies of it."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache

from config import Config
from pilot import create_app, seeds
from pilot.core import facts
from pilot.core.db import db
from tests.support.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
COMPILED = ROOT / "build" / "templates"  # every process of the run draws the same
KEY = "a key for tests, long enough for production"
copies = count(1)
#: Fills an empty database, given its address.
Builder = Callable[[str], None]


def make_app(url: str, **settings: object) -> Flask:
    """The site as the tests run it in their own process."""
    defaults = {
        "SECRET_KEY": KEY,
        "SQLALCHEMY_DATABASE_URI": url,
        "BASE_URL": "http://localhost",
        "DEMO_PASSWORD": "demo password of the tests",
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
    }
    app = create_app(Config(**(defaults | settings)))  # type: ignore[arg-type]  # tests choose
    COMPILED.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(COMPILED))
    return app


@contextmanager
def standing(url: str) -> Iterator[Flask]:
    """The site on a database, for many tests.

    A site asks now and then whether it has become a demo. In tests it does not (see `watchful`), so
    that counted statements do not depend on the clock.
    """
    facts.LOOK_AGAIN = float("inf")
    app = make_app(url)
    yield app
    with app.app_context():
        db.engine.dispose()


def build(url: str) -> None:
    """Bring an empty database to where every test begins."""
    app = make_app(url)
    with app.app_context():
        migrate()
        for _step in seeds.reference():
            pass
        db.session.remove()
        db.engine.dispose()


def migrate() -> None:
    """The real migrations, as `make run` runs them."""
    if any((ROOT / "migrations" / "versions").glob("*.py")):
        upgrade()
    else:
        db.create_all()


class Databases:
    """Copies of the template, on one kind of database."""

    def __init__(self, root: Path, worker: str) -> None:
        self._root = root
        self._worker = worker

    def copy(self, template: str = "template", build: Builder = build) -> str:
        """The address of a new database that holds the reference data; or what `build` makes.

        A template is built once in a run, whichever worker comes first.
        """
        with self._locked(template):
            self._ensure(template, build)
        return self._copy(template, f"t{self._worker}_{next(copies)}_{free_port()}")

    def empty(self) -> str:
        """The address of a new database without a single table."""
        raise NotImplementedError

    def _ensure(self, template: str, build: Builder) -> None:
        raise NotImplementedError

    def _copy(self, template: str, name: str) -> str:
        raise NotImplementedError

    @contextmanager
    def _locked(self, template: str) -> Iterator[None]:
        with (self._root / f"{template}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class SqliteDatabases(Databases):
    def _ensure(self, template: str, build: Builder) -> None:
        if not (self._root / f"{template}.db").exists():
            draft = self._root / f"{template}.draft"
            draft.unlink(missing_ok=True)
            build(f"sqlite:///{draft}")
            draft.rename(self._root / f"{template}.db")

    def _copy(self, template: str, name: str) -> str:
        path = self._root / f"{name}.db"
        shutil.copyfile(self._root / f"{template}.db", path)
        return f"sqlite:///{path}"

    def empty(self) -> str:
        return f"sqlite:///{self._root / f't{self._worker}_{next(copies)}_empty.db'}"


class PostgresDatabases(Databases):
    def __init__(self, root: Path, worker: str, address: str) -> None:
        super().__init__(root, worker)
        self._address = address

    def _ensure(self, template: str, build: Builder) -> None:
        mark = self._root / f"{template}.built"
        if not mark.exists():
            build(self._create(f"pilot_{template}"))
            mark.touch()

    def _copy(self, template: str, name: str) -> str:
        with self._locked(template):  # it may have one copier at a time
            return self._create(name, f"pilot_{template}")

    def empty(self) -> str:
        return self._create(f"t{self._worker}_{next(copies)}_empty")

    def _create(self, name: str, template: str = "template0") -> str:
        engine = sa.create_engine(self._address.format(name="postgres"), poolclass=sa.NullPool)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._address.format(name=name)
