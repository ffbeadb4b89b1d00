"""The yardstick: what any page costs with Flask, the engine and the ORM, and nothing else.

One table of 5,000 rows, a page that shows 50 of them, and a POST that stores one. No sign-in, no
layout, no policy. It runs in a process of its own, because the site guards every session of its
process; the two take turns. Asked by a line, `fetch` or `store`, it answers the CPU seconds.
"""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from flask import Flask, redirect, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response

ROWS, SHOWN = 5_000, 50
PAGE = (
    "<!doctype html><title>Bare</title><table>{% for row in rows %}<tr><td>{{ row.id }}</td>"
    "<td>{{ row.title }}</td><td>{{ row.state }}</td><td>{{ row.changed_at }}</td></tr>"
    "{% endfor %}</table>"
)


@contextmanager
def running(folder: Path) -> Iterator[tuple[Callable[[], float], Callable[[], float]]]:
    """Start it; answers how to fetch and how to store, each telling what it cost."""
    command = [sys.executable, __file__, str(folder / "bare.db")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        asked, told = cast(IO[str], process.stdin), cast(IO[str], process.stdout)

        def ask(what: str) -> float:
            asked.write(what + "\n")
            return float(told.readline())

        yield lambda: ask("fetch"), lambda: ask("store")


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    __tablename__ = "row"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[str]
    changed_at: Mapped[datetime]


def _make(path: str) -> Flask:
    db = SQLAlchemy(model_class=_Base)
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{path}"
    db.init_app(app)

    @app.get("/")
    def show() -> str:
        rows = db.session.scalars(select(_Row).order_by(_Row.id).limit(SHOWN)).all()
        return render_template_string(PAGE, rows=rows)

    @app.post("/")
    def store() -> Response:
        db.session.add(_new(request.form["title"]))
        db.session.commit()
        return redirect("/")

    with app.app_context():
        _settings(db.engine)
        db.create_all()
        db.session.add_all(_new(f"Rad {number}") for number in range(ROWS))
        db.session.commit()
    return app


def _new(title: str) -> _Row:
    return _Row(title=title, state="ready", changed_at=datetime.now(UTC))


def _settings(engine: Engine) -> None:
    """Those of the site's own file; pilot/core/db.py cannot be imported without its guard."""

    @event.listens_for(engine, "connect")
    def on_connect(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")


def _serve(path: str) -> None:
    client = _make(path).test_client()
    work: dict[str, Callable[[], object]] = {
        "fetch": lambda: client.get("/").data,
        "store": lambda: client.post("/", data={"title": "En rad"}).data,
    }
    for line in sys.stdin:
        began = time.process_time()
        work[line.strip()]()
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    _serve(sys.argv[1])
