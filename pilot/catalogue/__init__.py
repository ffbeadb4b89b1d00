"""What pilots build on: national solutions, information services, care settings."""

from flask import Flask

from pilot.catalogue import api, panels, permissions, queries, routes, seed
from pilot.core.policy import grant
from pilot.core.registry import Registry
from pilot.core.words import say
from pilot.web.api import Api
from pilot.web.i18n import current_locale, translate
from pilot.web.templating import Chrome, NavGroup, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    Api.of(app).register_blueprint(api.bp)
    app.jinja_env.globals["setting"] = _setting
    app.jinja_env.globals["flow"] = _flow
    registry.seed("reference", "catalogue", seed.reference)
    registry.seed("demo", "information services", seed.demo_services)
    registry.seed("reference", "foundation documents", seed.documents)
    registry.seed("demo", "recommendations", seed.demo_document)
    registry.beside.append(panels.beside)
    registry.search += panels.SEARCHES
    registry.kind("solution", say("Nasjonal løsning"), queries.solution_subjects)
    registry.kind("information_service", say("Informasjonstjeneste"), queries.service_subjects)
    registry.tallies.append(panels.NEEDS)
    chrome.items += [
        NavItem(words, f"catalogue.{view}", lambda _actor: True, section, order, NavGroup.BASIS)
        for words, view, section, order in (
            (say("Nasjonale løsninger"), "solutions", "/losninger", 10),
            (say("Informasjonstjenester"), "services", "/tjenester", 20),
            (say("Tjenestesteder"), "care_settings", "/tjenestesteder", 30),
        )
    ]


def _flow(source: str | None, target: str | None) -> str:
    """Where information comes from and goes to, as far as it is known; empty if neither is."""
    if source and target:
        return f"{_setting(source)} → {_setting(target)}"
    if source:
        return translate(say("Fra %(place)s", place=_setting(source)))
    return translate(say("Til %(place)s", place=_setting(target))) if target else ""


def _setting(key: str | None) -> str:
    """A care setting's name in the reader's language; a dash where none is named."""
    return queries.label_of(key, current_locale()) if key else "–"
