"""`/healthz` for the process, `/readyz` for what it stands on; and the timing header."""

import time
from collections.abc import Callable

from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, Response, current_app, g, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, event, text

from pilot.core.bus import RedisBus
from pilot.core.db import db
from pilot.web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    checks: dict[str, Callable[[], bool]] = {"database": _database, "migrations": _migrations}
    bus = current_app.extensions["bus"]
    if isinstance(bus, RedisBus):
        checks["redis"] = bus.is_reachable
    found = {name: check() for name, check in checks.items()}
    return jsonify(found), 200 if all(found.values()) else 503


def _database() -> bool:
    try:
        return bool(db.session.scalar(text("SELECT 1")))
    except Exception:  # whatever is wrong, the answer is no
        return False


def _migrations() -> bool:
    config = AlembicConfig()
    config.set_main_option("script_location", str(current_app.config["MIGRATIONS"]))
    wanted = ScriptDirectory.from_config(config).get_current_head()
    try:
        found = MigrationContext.configure(db.session.connection()).get_current_revision()
        return found == wanted
    except Exception:  # as above
        return False


def add_timing(app: Flask, engine: Engine) -> None:
    """With PILOT_TIMING=1: total time, time in the database, and the number of statements."""

    @event.listens_for(engine, "before_cursor_execute")
    def begin(_c: object, _cur: object, _sql: str, _p: object, context: object, _m: bool) -> None:
        context.pilot_began = time.perf_counter()  # type: ignore[attr-defined]  # ours

    @event.listens_for(engine, "after_cursor_execute")
    def end(_c: object, _cur: object, sql: str, _p: object, context: object, _m: bool) -> None:
        if sql.split(None, 1)[0].upper() in ("BEGIN", "COMMIT", "SAVEPOINT", "ROLLBACK"):
            return
        if not g:
            return
        g.db_seconds = g.get("db_seconds", 0.0) + time.perf_counter() - context.pilot_began  # type: ignore[attr-defined]  # ours
        g.db_statements = g.get("db_statements", 0) + 1

    @app.before_request
    def start() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def say(response: Response) -> Response:
        total = (time.perf_counter() - g.began) * 1000
        db_ms, count = g.get("db_seconds", 0.0) * 1000, g.get("db_statements", 0)
        response.headers["Server-Timing"] = (
            f'total;dur={total:.1f}, db;dur={db_ms:.1f};desc="{count}"'
        )
        return response
