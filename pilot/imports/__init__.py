"""Importing tables: choose a file, see what it would change, store it all or nothing."""

from flask import Flask

from pilot.core.policy import allows, grant
from pilot.core.registry import Registry, Retention
from pilot.core.words import say
from pilot.imports import permissions, routes
from pilot.imports.permissions import ImportPermission
from pilot.web.templating import Chrome, NavGroup, NavItem


def register(app: Flask, registry: Registry, chrome: Chrome) -> None:
    grant(permissions.RULES)
    app.register_blueprint(routes.bp)
    chrome.items.append(
        NavItem(
            say("Import"),
            "imports.index",
            lambda actor: allows(actor, ImportPermission.SEE),
            "/import",
            order=95,
            group=NavGroup.KEEPING,
        )
    )
    registry.retention.append(
        Retention(
            say("Filer som KS importerer: radene i filen, fra de er lastet opp til de er lagret"),
            say("For å vise hva filen endrer før noe blir lagret"),
            say("Når filen er importert, og senest etter ett døgn"),
        )
    )
