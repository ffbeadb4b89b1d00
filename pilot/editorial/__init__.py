"""What KS' leads write: editorial pages, and dated notices in Aktuelt."""

from flask import Flask

from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.editorial import panels, permissions, routes, seed
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.rules import xml_safe
from pilot.web.templating import Chrome, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["EditorialPermission"] = EditorialPermission
    app.jinja_env.filters["xml_safe"] = xml_safe
    registry.seed("reference", "editorial pages", seed.reference)
    registry.seed("demo", "notices", seed.demo)
    registry.seed("large", "notices", seed.large)
    for page in ("front", "dashboard"):
        registry.panel(page, panels.newest)
    registry.tallies.append(panels.NEEDS)
    registry.search += panels.SEARCHES
    registry.retention.append(
        Retention(
            say("Hvem som har skrevet en side eller et oppslag, og når"),
            say("For å kunne svare for hva siden har sagt"),
            say("Sammen med teksten, som er en del av arkivet for felles journalløft"),
        )
    )
    chrome.items.append(
        NavItem(say("Aktuelt"), "editorial.notices", lambda _actor: True, "/aktuelt", order=85)
    )
