"""The blueprint that the pages over several rooms hang on, and what they ask of all rooms."""

from flask import Blueprint, current_app

from pilot.core.registry import Registry

bp = Blueprint("overview", __name__)


def registry() -> Registry:
    found: Registry = current_app.extensions["registry"]
    return found
