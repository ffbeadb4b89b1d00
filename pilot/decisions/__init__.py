"""One register of decisions and actions for all rooms; and the conditions of the pilots."""

from flask import Flask

from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.decisions import panels, permissions, queries, routes, seed
from pilot.decisions.permissions import DecisionPermission
from pilot.web.templating import Chrome, NavGroup, NavItem

KEPT = Retention(
    say("Hvem som har ansvaret for en oppgave, og hvem som har registrert en beslutning"),
    say("For at hver beslutning skal kunne spores, og hver oppgave bli gjort"),
    say("Sammen med beslutningen, som er en del av arkivet for felles journalløft"),
)
#: Label, page, path, place in the menu.
MENU = (
    (say("Beslutninger og oppgaver"), "decisions.index", "/beslutninger", 40, NavGroup.PROJECT),
    (say("Rammebetingelser"), "decisions.conditions", "/rammebetingelser", 50, NavGroup.BASIS),
)


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["DecisionPermission"] = DecisionPermission
    registry.tallies.append(panels.NEEDS)
    registry.search.append(panels.SEARCH)
    registry.figures += [panels.FIGURES, panels.ACTIONS]
    registry.surveys.append(panels.SURVEY)
    registry.beside.append(panels.beside)
    registry.panel("status", panels.conditions)
    registry.kind("entry", say("Beslutning eller oppgave"), queries.subjects)
    registry.kind("condition", say("Rammebetingelse"), queries.condition_subjects)
    registry.seed("reference", "conditions", seed.conditions)
    registry.seed("demo", "decisions", seed.demo)
    registry.seed("large", "decisions", seed.large)
    chrome.items += [
        NavItem(words, page, lambda _actor: True, path, order, group)
        for words, page, path, order, group in MENU
    ]
    registry.retention.append(KEPT)
