"""The core team: seats by side, who sits there and for how long, and what is vacant."""

from flask import Flask

from pilot.accounts.queries import PROVIDERS
from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.coreteam import imports, panels, permissions, queries, routes, seed
from pilot.coreteam.permissions import TeamPermission
from pilot.web.templating import Chrome, NavGroup, NavItem

KEPT = Retention(
    say("Hvem som er oppnevnt til kjerneteamet, for hvem og når"),
    say("For å vite hvem som deltar, og for å la dem lese det som er for kjerneteamet"),
    say("Sammen med oppnevningen, som er en del av arkivet for felles journalløft"),
)


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    PROVIDERS["seats"] = queries.seats_of_person
    PROVIDERS["vendor_ties"] = queries.vendor_ties_of_person
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["TeamPermission"] = TeamPermission
    registry.tallies.append(panels.NEEDS)
    registry.search.append(panels.SEARCH)
    registry.figures.append(panels.FIGURES)
    registry.surveys.append(panels.SURVEY)
    registry.settles("kjerneteam", panels.SETTLES)
    registry.kind("seat", say("Plass i kjerneteamet"), queries.subjects)
    registry.imports.append(imports.SEATS)
    registry.seed("demo", "core team", seed.demo)
    registry.retention.append(KEPT)
    chrome.items.append(
        NavItem(
            say("Kjerneteam"),
            "coreteam.index",
            lambda _actor: True,
            "/kjerneteam",
            20,
            NavGroup.PROJECT,
        )
    )
