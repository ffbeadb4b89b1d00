"""Pages that show many rooms: front page, overview, status, municipality, map, search."""

from flask import Flask

from pilot.core.policy import allows, grant
from pilot.core.registry import Registry
from pilot.core.words import say
from pilot.municipalities.rules import LANGUAGE_FORMS
from pilot.overview import panels, permissions, routes
from pilot.overview.permissions import ReportPermission
from pilot.web.templating import Chrome, NavGroup, NavItem

MENU = [
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
    NavItem(
        say("Statusrapporter"),
        "overview.reports",
        lambda actor: allows(actor, ReportPermission.LIST),
        "/rapporter",
        order=60,
        group=NavGroup.PROJECT,
    ),
]


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    registry.tallies.append(panels.NEEDS)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["ReportPermission"] = ReportPermission
    app.jinja_env.globals["LANGUAGE_FORMS"] = LANGUAGE_FORMS
    chrome.items += MENU
