"""Panels beside a thing, from rooms that may have something to say of any kind of thing."""

from flask import Flask, current_app

from pilot.core.registry import Panel, Registry, Thing
from pilot.web.access import current_actor


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(panels_beside=panels_beside, panels_on=panels_on)


def panels_beside(kind: str, thing_id: int) -> list[Panel]:
    """What other rooms have to say of a thing, cleared for the one who reads."""
    actor, thing = current_actor(), Thing(kind, thing_id)
    return [panel for make in _registry().beside if (panel := make(actor, thing))]


def panels_on(page: str) -> tuple[Panel, ...]:
    """What other rooms put on a page of its own name, cleared for the one who reads."""
    return _registry().panels_of(page, current_actor())


def _registry() -> Registry:
    registry: Registry = current_app.extensions["registry"]
    return registry
