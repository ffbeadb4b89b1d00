"""What pilots build on: national solutions, information services, care settings."""

from flask import Flask

from pilot.catalogue import api, panels, permissions, queries, routes, seed
from pilot.core.policy import grant
from pilot.core.registry import Registry
from pilot.core.words import say
from pilot.web.api import Api
from pilot.web.i18n import current_locale
from pilot.web.templating import Chrome, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    Api.of(app).register_blueprint(api.bp)
    app.jinja_env.globals["setting"] = _setting
    registry.seed("reference", "catalogue", seed.reference)
    registry.seed("demo", "information services", seed.demo_services)
    registry.seed("reference", "foundation documents", seed.documents)
    registry.seed("demo", "recommendations", seed.demo_document)
    registry.resolvers["recommendation"] = panels.recommendations
    registry.search.append(panels.hits)
    registry.needs.append(panels.needs)
    chrome.items.append(
        NavItem(
            say("Nasjonale løsninger"), "catalogue.solutions", lambda _actor: True, "/losninger", 70
        )
    )


def _setting(key: str | None) -> str:
    """A care setting's name in the reader's language; a dash where none is named."""
    return queries.label_of(key, current_locale()) if key else "–"
