"""Frames and recommendations, a first floor: documents, versions, consultation and input."""

from flask import Flask

from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.recommendations import panels, permissions, queries, routes, seed
from pilot.recommendations.permissions import DocumentPermission
from pilot.web.templating import Chrome, NavGroup, NavItem

KEPT = Retention(
    say("Hvem som har skrevet et innspill for organisasjonen sin"),
    say("For å vite hvem KS kan spørre om innspillet"),
    say("Sammen med innspillet, som er en del av arkivet for felles journalløft"),
)


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["DocumentPermission"] = DocumentPermission
    registry.tallies.append(panels.NEEDS)
    registry.search.append(panels.SEARCH)
    registry.figures.append(panels.FIGURES)
    registry.steps.append(panels.STEP)
    registry.surveys.append(panels.SURVEY)
    registry.kind("document", say("Ramme eller anbefaling"), queries.subjects)
    registry.seed("demo", "recommendations", seed.demo)
    registry.seed("large", "recommendations", seed.large)
    registry.retention.append(KEPT)
    chrome.items.append(
        NavItem(
            say("Rammer og anbefalinger"),
            "recommendations.index",
            lambda _actor: True,
            "/anbefalinger",
            50,
            NavGroup.PROJECT,
        )
    )
