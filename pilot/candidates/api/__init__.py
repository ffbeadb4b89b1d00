"""Candidates, criteria and readiness as JSON."""

from flask import Flask

from pilot.candidates.api import candidates, criteria, readiness
from pilot.web.api import Api


def register(app: Flask) -> None:
    for part in (candidates, criteria, readiness):
        Api.of(app).register_blueprint(part.bp)
