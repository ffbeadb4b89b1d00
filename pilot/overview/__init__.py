"""Pages that show many rooms: front page, overview, status, municipality, map, search."""

from flask import Flask

from pilot.core.registry import Registry
from pilot.core.words import say
from pilot.municipalities.rules import LANGUAGE_FORMS
from pilot.overview import routes
from pilot.web.templating import Chrome, NavItem


def register(app: Flask, _registry: Registry, chrome: Chrome) -> None:
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["LANGUAGE_FORMS"] = LANGUAGE_FORMS
    chrome.items += [
        NavItem(say("Forside"), "overview.front", lambda actor: actor.is_guest, "/", order=1),
        NavItem(
            say("Oversikt"),
            "overview.dashboard",
            lambda actor: not actor.is_guest,
            "/oversikt",
            order=1,
        ),
        NavItem(
            say("Status"),
            "overview.public_status",
            lambda _actor: True,
            "/status",
            order=80,
        ),
    ]
