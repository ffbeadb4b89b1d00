"""The official order of the user stories: proposed by KS, decided by the steering group."""

from flask import Flask

from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.priorities import api, panels, permissions, routes, seed
from pilot.priorities.permissions import PriorityPermission
from pilot.web.api import Api
from pilot.web.templating import Chrome, NavGroup, NavItem

MENU = [
    NavItem(
        say("Prioritering"), "priorities.index", lambda _actor: True, "/prioritering", order=25
    ),
    NavItem(
        say("Arbeid med prioriteringen"),
        "priorities.work",
        lambda actor: allows(actor, PriorityPermission.ORDER),
        "/prioritering/arbeid",
        order=30,
        group=NavGroup.PROJECT,
    ),
]


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    Api.of(app).register_blueprint(api.bp)
    app.jinja_env.globals["PriorityPermission"] = PriorityPermission
    registry.tallies.append(panels.NEEDS)
    registry.figures.append(panels.FIGURES)
    registry.steps.append(panels.STEP)
    for page in ("dashboard", "front", "status"):
        registry.panel(page, panels.top)
    registry.panel("story", panels.of_story)
    registry.seed("demo", "priorities", seed.demo)
    registry.seed("large", "priorities", seed.large)
    chrome.items += MENU
    registry.retention.append(
        Retention(
            say("Hvem som har prioritert, deltatt og vært uenig i behandlingen"),
            say("For å kunne spore hver beslutning tilbake til dem som tok den"),
            say("Sammen med listen, som er en del av arkivet for felles journalløft"),
        )
    )
