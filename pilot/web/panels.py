"""Pieces of pages that other slices fill: beside a thing, or on a page known by its name."""

from flask import Flask, current_app

from pilot.core.registry import Panel, Registry, Thing
from pilot.web.access import current_actor


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(panels_of=panels_of, panels_on=panels_on)


def panels_of(kind: str, thing_id: int) -> list[Panel]:
    """What other rooms have to say of a thing, cleared for the one who reads."""
    actor, thing = current_actor(), Thing(kind, thing_id)
    return [panel for make in _registry().beside if (panel := make(actor, thing))]


def panels_on(page: str) -> list[Panel]:
    """What other rooms put on a page, cleared for the one who reads."""
    actor = current_actor()
    return [panel for make in _registry().on_page.get(page, ()) if (panel := make(actor))]


def _registry() -> Registry:
    registry: Registry = current_app.extensions["registry"]
    return registry
