"""User stories: from a municipality's need to a text that all can build on."""

from flask import Flask

from pilot.catalogue.rules import SOLUTION_PANELS
from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.stories import api, panels, permissions, queries, routes, seed
from pilot.stories.permissions import StoryPermission
from pilot.stories.rules import FREQUENCY_WORDS, OWN_STORY
from pilot.web.access import current_actor
from pilot.web.api import Api
from pilot.web.templating import Chrome, NavItem

KEPT = Retention(
    say("Hvem som har skrevet, endret og vurdert en historie"),
    say("For å kunne spore hver beslutning tilbake til behovet"),
    say("Sammen med historien, som er en del av arkivet for felles journalløft"),
)
SUPPORT_KEPT = Retention(
    say("Hvem som har skrevet eller registrert støtte til en historie"),
    say("For å vite at støtten kommer fra kommunen"),
    say("Sammen med historien, som er en del av arkivet for felles journalløft"),
)
LIST = NavItem(say("Brukerhistorier"), "stories.index", lambda _actor: True, "/historier", 20)
WRITE = NavItem(
    say("Skriv en historie"),
    "stories.add",
    lambda actor: allows(actor, StoryPermission.ADD),
    "/historier/ny",
)


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    Api.of(app).register_blueprint(api.bp)
    app.jinja_env.globals["StoryPermission"] = StoryPermission
    app.jinja_env.globals["FREQUENCY_WORDS"] = FREQUENCY_WORDS
    app.jinja_env.globals["OWN_STORY"] = OWN_STORY
    app.jinja_env.globals["sees_inside"] = lambda: queries.sees_inside(current_actor())
    registry.tallies.append(panels.NEEDS)
    registry.figures.append(panels.FIGURES)
    registry.steps.append(panels.STEP)
    registry.search.append(panels.SEARCH)
    registry.kind("story", say("Brukerhistorie"), queries.subjects)
    registry.panel(SOLUTION_PANELS, panels.of_solution)
    registry.seed("reference", "words of stories", seed.reference)
    registry.seed("demo", "stories", seed.demo)
    registry.seed("demo", "support", seed.support.demo)
    registry.seed("large", "stories", seed.large)
    registry.seed("large", "support", seed.support.large)
    chrome.items.append(LIST)
    chrome.actions.append(WRITE)
    registry.personal.append(queries.kept_of)
    registry.retention += [KEPT, SUPPORT_KEPT]
