"""The vendor dialogue: sessions that KS invites to, and questions that KS answers to all."""

from datetime import datetime

from flask import Flask

from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.dialogue import api, panels, permissions, queries, routes, seed
from pilot.dialogue.permissions import DialoguePermission
from pilot.web.api import Api
from pilot.web.templating import Chrome, NavItem
from pilot.web.times import format_moment, format_period, oslo_day, oslo_month


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    Api.of(app).register_blueprint(api.bp)
    _words(app)
    registry.needs.append(panels.needs)
    registry.tallies.append(panels.NEEDS)
    registry.figures.append(panels.FIGURES)
    registry.surveys.append(panels.SURVEY)
    registry.search.extend((panels.SEARCH, panels.ANSWERS))
    registry.settles("leverandordialog", panels.SETTLES)
    _seeds(registry)
    _kept(registry)
    chrome.items.append(
        NavItem(
            say("Leverandørdialog"), "dialogue.index", lambda _actor: True, "/leverandordialog", 45
        )
    )


def _seeds(registry: Registry) -> None:
    registry.seed("demo", "sessions", seed.demo)
    registry.seed("large", "sessions", seed.large)
    registry.seed("demo", "questions", seed.demo_questions)
    registry.seed("large", "questions", seed.large_questions)


def _kept(registry: Registry) -> None:
    """What is kept of people, and why."""
    registry.personal.append(queries.kept_of)
    registry.retention.append(
        Retention(
            say("Hvem som er påmeldt et dialogmøte: navn, e-post, organisasjon og frammøte"),
            say("For å gi plass, sende møtelenken og vite hvem som var med"),
            say("Når leverandørdialogen er avsluttet"),
        )
    )
    registry.retention.append(
        Retention(
            say("Hvem som har stilt et spørsmål i leverandørdialogen, og for hvilken leverandør"),
            say("For at leverandøren kan rette og trekke spørsmålet. Det blir aldri publisert"),
            say("Når leverandørdialogen er avsluttet"),
        )
    )


def _words(app: Flask) -> None:
    """What the templates of this slice say in words of their own."""
    app.jinja_env.globals.update(
        DialoguePermission=DialoguePermission,
        format_period=format_period,
        format_moment=format_moment,
    )
    app.jinja_env.filters.update(
        moment=datetime.fromisoformat, oslo_day=oslo_day, oslo_month=oslo_month
    )
