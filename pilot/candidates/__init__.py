"""Rounds, candidates and partner municipalities: who may take part in the pilots."""

from flask import Flask

from pilot.candidates import api, imports, panels, permissions, queries, routes, seed
from pilot.candidates.permissions import CandidatePermission
from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.web.templating import Chrome, NavGroup, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    api.register(app)
    app.jinja_env.globals["CandidatePermission"] = CandidatePermission
    app.jinja_env.globals["figure_words"] = routes.receipts.figure_words
    registry.tallies += [panels.NEEDS, panels.REVIEWS]
    registry.needs.append(panels.by_round)
    registry.figures.append(panels.FIGURES)
    registry.steps.append(panels.STEP)
    registry.surveys.append(panels.SURVEY)
    registry.panel("dashboard", panels.own_standing)
    registry.search.append(panels.SEARCH)
    registry.panel("municipality", panels.of_municipality)
    registry.settles("utprovingskommuner", panels.SETTLES)
    registry.states["municipality"] = queries.states
    registry.imports.append(imports.CANDIDATES)
    registry.seed("reference", "criteria", seed.criteria)
    registry.seed("demo", "candidates", seed.demo)
    registry.seed("large", "candidates", seed.large)
    chrome.items += _nav()
    registry.retention += _retention()


def _nav() -> list[NavItem]:
    return [
        NavItem(say("Utprøving"), "candidates.index", lambda _actor: True, "/utproving", order=30),
        NavItem(
            say("Kandidatkommuner"),
            "candidates.listed",
            lambda actor: allows(actor, CandidatePermission.HANDLE),
            "/utproving/kandidater",
            order=31,
            group=NavGroup.PROJECT,
        ),
        NavItem(
            say("Samarbeidskommuner"),
            "candidates.partners",
            lambda _actor: True,
            "/samarbeidskommuner",
            order=32,
            group=NavGroup.PROJECT,
        ),
    ]


def _retention() -> list[Retention]:
    return [
        Retention(
            say("Kontaktperson i en interessemelding: navn og e-post"),
            say("For å svare kommunen mens runden pågår"),
            say("Når runden er avsluttet"),
        ),
        Retention(
            say("Hvem som har godkjent en interessemelding: navn, rolle og dato"),
            say("For å vite at kommunen står bak"),
            say("Sammen med runden, som er en del av arkivet for felles journalløft"),
        ),
        *_retention_of_assessments(),
        Retention(
            say("Kontaktperson i en samarbeidskommune: navn og e-post"),
            say("For å holde kontakt om samarbeidet"),
            say("Når samarbeidet er slutt"),
        ),
    ]


def _retention_of_assessments() -> list[Retention]:
    return [
        Retention(
            say("Hvem som har svart på og godkjent en egenvurdering: navn, rolle og dato"),
            say("For å vite hvem i kommunen som står bak svarene"),
            say("Sammen med runden, som er en del av arkivet for felles journalløft"),
        ),
        Retention(
            say("Panelmedlemmer: navn, og om de har en interesse i kommunen"),
            say("For å vise at vurderingen er gjort uavhengig"),
            say("Sammen med runden, som er en del av arkivet for felles journalløft"),
        ),
    ]
