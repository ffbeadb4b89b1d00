"""Hang the web rules on the app, in the order they run."""

import logging

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from config import Config
from pilot.core import bus, outbox
from pilot.core.db import db
from pilot.web import assets, errors, headers, health, i18n, panels, templating
from pilot.web.access import refuse_nul, refuse_other_organisation, require_sign_in
from pilot.web.api import Api, authenticate
from pilot.web.mail import Worker

csrf = CSRFProtect()


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: a number that a row can have; a greater one leads nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def init_app(app: Flask, config: Config) -> templating.Chrome:
    """Everything between the server and the slices."""
    app.url_map.converters["int"] = RowNumber
    logging.getLogger("pilot").setLevel(config.LOG_LEVEL)
    _trust_proxies(app, config.TRUSTED_PROXIES)
    if config.PILOT_TIMING:  # first, so that it also times what the others refuse
        with app.app_context():
            health.add_timing(app, db.engine)
    app.before_request(authenticate)
    _connect(app, config.REDIS_URL)
    i18n.init_app(app)
    csrf.init_app(app)
    assets.init_app(app)
    _compress(app)
    chrome = templating.Chrome()
    templating.init_app(app, chrome, config.SITE_NAME)
    panels.init_app(app)
    for check in (refuse_nul, require_sign_in, refuse_other_organisation):
        app.before_request(check)
    headers.init_app(app, is_https=config.is_https)
    errors.init_app(app)
    app.register_blueprint(health.bp)
    Api.init(app)
    return chrome


def _trust_proxies(app: Flask, hops: int) -> None:
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _connect(app: Flask, redis_url: str) -> None:
    """The live bus and the outbox's worker: one of each in a process."""
    app.extensions["bus"] = live = bus.connect(redis_url)
    bus.install(live)
    app.extensions["worker"] = worker = Worker(app)
    outbox.on_post(worker.wake)


def _compress(app: Flask) -> None:
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_MIMETYPES"] = ["text/html", "application/json", "image/svg+xml"]
    Compress(app)
