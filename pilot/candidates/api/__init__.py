"""Candidates, their answers, criteria and readiness as JSON."""

from flask import Flask

from pilot.candidates.api import answers, base, candidates, criteria, readiness
from pilot.web.api import Api


def register(app: Flask) -> None:
    for part in (base, criteria, readiness):
        Api.of(app).register_blueprint(part.bp)


__all__ = ["answers", "candidates", "register"]
