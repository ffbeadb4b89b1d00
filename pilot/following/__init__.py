"""Who follows what; now the outbox as KS sees it: mail that waits, was sent or failed."""

from flask import Flask

from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.following import panels, permissions, routes
from pilot.following.permissions import MailPermission
from pilot.web.templating import Chrome, NavGroup, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    registry.needs.append(panels.needs)
    chrome.items.append(
        NavItem(
            say("Utboks"),
            "following.outbox",
            lambda actor: allows(actor, MailPermission.OUTBOX_READ),
            "/utboks",
            order=90,
            group=NavGroup.KEEPING,
        )
    )
    registry.retention.append(
        Retention(
            say("E-post vi har sendt deg: adresse, emne og når den ble sendt"),
            say("For å kunne svare på om du har fått beskjed"),
            say("Når du ikke lenger deltar i felles journalløft"),
        )
    )
