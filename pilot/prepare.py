"""What must be done before a site is served; every start of `make run` waits for it."""

from collections.abc import Iterator

from flask import Flask, current_app
from flask_migrate import upgrade

from pilot import seeds
from pilot.core.db import db


def prepare() -> Iterator[tuple[str, int]]:
    """Migrate, seed what is missing, and the demo on an empty site; quick when all is done."""
    upgrade()
    if not seeds.reference_is_current():
        yield from seeds.reference()
    config = current_app.config
    if config["DEMO"] and config["APP_ENV"] != "production" and seeds.is_empty():
        yield from seeds.demo()


def before_serving(app: Flask) -> None:
    """Prepare, in the server's first process; leaves no connection to be shared by a fork."""
    with app.app_context():
        for name, count in prepare():
            print(f"{name}: {count} added", flush=True)  # noqa: T201  # the operator's terminal
        db.session.remove()
        db.engine.dispose()
