"""The register: counties, municipalities, hospital trusts. Reference data, never typed in."""

from flask import Flask

from pilot.core.registry import Registry
from pilot.core.words import say
from pilot.municipalities import api, panels, queries, routes, seed
from pilot.web.api import Api
from pilot.web.templating import Chrome, NavGroup, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    app.register_blueprint(routes.bp)
    Api.of(app).register_blueprint(api.bp)
    registry.seed("reference", "register", seed.reference)
    registry.seed("demo", "invented municipalities", seed.invented)
    registry.search += panels.SEARCHES
    registry.kind("municipality", say("Kommune"), queries.subjects)
    chrome.items += [
        NavItem(say("Kommuner"), "municipalities.index", lambda _actor: True, "/kommuner", 10),
        NavItem(
            say("Helseforetak"),
            "municipalities.trusts",
            lambda _actor: True,
            "/helseforetak",
            40,
            NavGroup.BASIS,
        ),
    ]
