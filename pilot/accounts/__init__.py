"""Organisations, people, memberships, signing in and tokens."""

from flask import Flask

from pilot.accounts import login, permissions, queries, routes, seed
from pilot.core.policy import grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.web.templating import Chrome


def register(app: Flask, registry: Registry, _chrome: Chrome) -> None:
    grant(permissions.RULES)
    login.init_app(app)
    app.extensions["actor_of_token"] = queries.actor_of_token
    app.register_blueprint(routes.bp)
    registry.seed("reference", "organisations", seed.organisations)
    registry.seed("demo", "people", seed.demo_people)
    registry.seed("large", "people", seed.large_people)
    registry.retention.append(
        Retention(
            say("Navn, e-post, språk og hvilke organisasjoner du opptrer for"),
            say("For å vite hvem som har gjort hva, og for å sende deg svar"),
            say("Når du ikke lenger deltar i felles journalløft"),
        )
    )
