"""Who is told what: the outbox as KS sees it, and messages to a chosen audience."""

from functools import partial

from flask import Flask

from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.following import panels, permissions, routes, seed
from pilot.following.permissions import MailPermission
from pilot.following.queries.audiences import STANDARD
from pilot.web.templating import Chrome, NavGroup, NavItem

MENU = (
    NavItem(
        say("Meldinger"),
        "messages.index",
        lambda actor: allows(actor, MailPermission.MESSAGE),
        "/meldinger",
        order=88,
        group=NavGroup.KEEPING,
    ),
    NavItem(
        say("Utboks"),
        "following.outbox",
        lambda actor: allows(actor, MailPermission.OUTBOX_READ),
        "/utboks",
        order=90,
        group=NavGroup.KEEPING,
    ),
)


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.outbox.bp)
    app.register_blueprint(routes.messages.bp)
    app.jinja_env.globals["MailPermission"] = MailPermission
    registry.audiences.update(STANDARD)
    registry.seed("demo", "messages", partial(seed.demo, registry.audiences))
    registry.tallies.append(panels.NEEDS)
    registry.figures.append(panels.FIGURES)
    chrome.items += MENU
    registry.retention.append(
        Retention(
            say("E-post vi har sendt deg: adresse, emne og når den ble sendt"),
            say("For å kunne svare på om du har fått beskjed"),
            say("Når du ikke lenger deltar i felles journalløft"),
        )
    )
