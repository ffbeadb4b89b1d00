"""The composition root: the only module that knows every slice."""

from importlib import import_module
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from config import Config
from pilot.core.db import db, prepare_sqlite
from pilot.core.registry import Registry
from pilot.web import setup, throttle

ROOT = Path(__file__).resolve().parent.parent
#: From the ground up: a slice may lean on those before it, never on those after.
SLICES = (
    "municipalities",
    "accounts",
    "catalogue",
    "following",
    "stories",
    "overview",
)


def create_app(config: Config) -> Flask:
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.from_mapping(config.as_flask())
    app.url_map.merge_slashes = False  # its redirect would name whatever host was asked for
    app.config["MIGRATIONS"] = ROOT / "migrations"
    db.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    app.extensions["limiter"] = throttle.make(config.REDIS_URL)
    app.extensions["registry"] = registry = Registry()
    chrome = setup.init_app(app, config)
    for name in SLICES:
        import_module(f"pilot.{name}").register(app, registry, chrome)
    app.cli.add_command(import_module("pilot.cli").group)
    return app
