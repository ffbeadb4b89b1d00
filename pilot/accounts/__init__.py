"""Organisations, people, memberships, signing in, invitations and tokens."""

from flask import Flask

from pilot.accounts import imports, letters, links, login, panels, permissions, queries, routes
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.seed import demo, large
from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.web.templating import Chrome, NavGroup, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    links.use_key(app.config["SECRET_KEY"])
    login.init_app(app)
    app.extensions["actor_of_token"] = queries.actor_of_token
    app.jinja_env.globals["AccountPermission"] = AccountPermission
    app.jinja_env.globals["letter_of"] = letters.letter_of
    app.register_blueprint(routes.bp)
    registry.tallies.append(panels.NEEDS)
    registry.figures.append(panels.FIGURES)
    registry.personal.append(queries.kept_of)
    registry.seed("reference", "organisations", demo.organisations)
    registry.seed("demo", "people", demo.demo_people)
    registry.seed("demo", "invitations", demo.demo_invitations)
    registry.seed("large", "people", large.large_people)
    registry.retention += RETENTION
    registry.imports += [imports.CONTACTS, imports.VENDORS]
    chrome.items += MENU


MENU = [
    NavItem(
        words,
        f"accounts.{view}",
        lambda actor: allows(actor, AccountPermission.PEOPLE_MANAGE),
        section,
        order,
        NavGroup.KEEPING,
    )
    for words, view, section, order in (
        (say("Folk"), "people", "/folk", 80),
        (say("Organisasjoner"), "organisations", "/organisasjoner", 82),
        (say("Forespørsler"), "requests", "/foresporsler", 84),
    )
]


RETENTION = (
    Retention(
        say("Navn, e-post, språk og hvilke organisasjoner du opptrer for"),
        say("For å vite hvem som har gjort hva, og for å sende deg svar"),
        say("Når du ikke lenger deltar i felles journalløft"),
    ),
    Retention(
        say("Når og med hvilken nettleser du har logget inn"),
        say("For at du skal se innloggingene dine og kunne avslutte dem"),
        say("Når du logger ut, ellers etter 90 dager"),
    ),
    Retention(
        say("E-postadressen din når noen inviterer deg"),
        say("For å sende invitasjonen og vise hvem den ble sendt videre til"),
        say("Når organisasjonen ikke lenger deltar i felles journalløft"),
    ),
    Retention(
        say("Navn, rolle og e-post når du ber om tilgang"),
        say("For at KS eller organisasjonen din skal kunne svare deg"),
        say("Tidligst ett år etter at du fikk svar, når noen andre ber om tilgang"),
    ),
    Retention(
        say("Det en leverandør skriver når den registrerer seg"),
        say("For å registrere firmaet når adressen er bekreftet"),
        say("Når adressen er bekreftet, ellers etter 24 timer, når neste registrerer seg"),
    ),
    Retention(
        say("Navn, rolle og dato for den som har godkjent noe for en organisasjon"),
        say("For å vise hvem som står bak"),
        say("Sammen med det som ble godkjent"),
    ),
)
