"""Who asks the API: the person a token stands for, or a guest. Cookies say nothing here."""

import hashlib

from flask import current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from pilot.core.policy import Actor
from pilot.web import throttle
from pilot.web.access import API, is_public

SCHEME = "bearer"


def authenticate() -> None:
    """Set the acting person of an API request, before anything else asks for them.

    A token that is not known is refused also where none is needed: whoever sends one should learn
    that it does not work. Without one, only what is marked public is open.
    """
    if not request.path.startswith(API):
        return
    g.actor = Actor()
    header = request.headers.get("Authorization")
    if header is not None:
        g.actor = _bearer(header)
    elif request.endpoint is not None and not is_public(request.endpoint):
        raise _unauthorized()


def _bearer(header: str) -> Actor:
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != SCHEME or not token.strip():
        raise _unauthorized("invalid_request")
    actor: Actor | None = current_app.extensions["actor_of_token"](token.strip())
    if actor is None:
        raise _unauthorized("invalid_token")
    g.actor = actor  # a refusal below is in the person's own language
    throttle.count_token(hashlib.sha256(token.strip().encode()).hexdigest())
    return actor


def _unauthorized(error: str | None = None) -> Unauthorized:
    """RFC 6750: the error is named only to one who sent something."""
    values: dict[str, str | None] = {"realm": "api"}
    if error:
        values["error"] = error
    return Unauthorized(www_authenticate=WWWAuthenticate(SCHEME, values))
