"""Pilots, a first floor: what is tried out, where, by whom, and how it goes in words."""

from flask import Flask

from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.pilots import panels, permissions, queries, routes, seed
from pilot.pilots.permissions import PilotPermission
from pilot.web.templating import Chrome, NavGroup, NavItem

KEPT = Retention(
    say("Kontaktpersonen for en utprøving"),
    say("For at deltakerne skal kunne spørre"),
    say("Når utprøvingen er avsluttet"),
)


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["PilotPermission"] = PilotPermission
    registry.search.append(panels.SEARCH)
    registry.beside.append(panels.beside)
    registry.tallies.append(panels.NEEDS)
    registry.figures.append(panels.FIGURES)
    registry.steps.append(panels.STEP)
    registry.surveys.append(panels.SURVEY)
    registry.settles("brukerhistorier", panels.SETTLES)
    registry.kind("pilot", say("Utprøving"), queries.subjects)
    registry.seed("demo", "pilots", seed.demo)
    registry.seed("large", "pilots", seed.large)
    registry.retention.append(KEPT)
    chrome.items.append(
        NavItem(
            say("Utprøvinger"),
            "pilots.index",
            lambda _actor: True,
            "/utprovinger",
            30,
            NavGroup.PROJECT,
        )
    )
