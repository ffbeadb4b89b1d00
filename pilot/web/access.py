"""Who is here: default-deny sign-in, the acting person, and forms opened for another."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pilot.core.errors import Conflict, Missing
from pilot.core.policy import Actor, allows
from pilot.core.text import clean
from pilot.core.words import say

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

API = "/api/"
#: The hidden field in every form: the organisation it was opened for.
ACTING_FIELD = "acting_organisation_id"


def public(view: View) -> View:
    """Let anyone in; without this mark a view needs a signed-in person."""
    view.is_public = True  # type: ignore[attr-defined]  # read by require_sign_in and the tests
    return view


def is_public(endpoint: str | None) -> bool:
    view = current_app.view_functions.get(endpoint or "")
    return endpoint == "static" or bool(getattr(view, "is_public", False))


def current_actor() -> Actor:
    """The acting person, built once per request; on the API from the token alone."""
    if "actor" not in g:
        g.actor = current_user.actor
    actor: Actor = g.actor
    return actor


def may(permission: StrEnum, subject: Any = None) -> bool:
    """For templates: hide what the policy would refuse anyway. Pure: no query."""
    return allows(current_actor(), permission, subject)


def here() -> str:
    """The current page, as a path on this site."""
    return clean(request.full_path.rstrip("?")).replace("\x00", "")


def here_asking(args: Mapping[str, list[str]]) -> str:
    """The current page with other arguments; empty ones are left out.

    Not by `url_for`: what a visitor wrote in the address must not reach its own options, such as
    `_scheme`, nor clash with the names in the path.
    """
    query = urlencode([(name, value) for name, many in args.items() for value in many if value])
    path = quote(request.path)
    return f"{path}?{query}" if query else path


def local_path(target: str | None) -> str | None:
    """A redirect target that stays on this site, or None."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    return None if any(ord(c) < 32 or c == "\\" for c in target) else target


def refuse_nul() -> None:
    """No address of ours holds a NUL byte, and PostgreSQL takes none in a text.

    The API reads only arguments that cannot hold one, and leaves others unread.
    """
    if request.path.startswith(API):
        return
    given = (request.path, *(value for many in request.args.listvalues() for value in many))
    if any("\x00" in text for text in given):
        raise Missing


def require_sign_in() -> ResponseReturnValue | None:
    """Close every page that is not marked public; the API asks for its token itself."""
    if request.endpoint is None or request.path.startswith(API) or is_public(request.endpoint):
        return None
    if not current_actor().is_guest:
        return None
    if request.method not in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in"))
    return redirect(url_for("accounts.sign_in", next=here()))


def refuse_other_organisation() -> None:
    """A form opened for one organisation is not stored for another; both are named."""
    if request.method != "POST" or request.path.startswith(API):
        return
    opened_for = request.form.get(ACTING_FIELD)
    actor = current_actor()
    if opened_for is None or opened_for == str(actor.organisation_id or ""):
        return
    if not opened_for:
        _refuse_without_organisation(actor)
        return
    other = next((c.name for c in actor.choices if str(c.id) == opened_for), None)
    if other is None:
        raise Missing
    raise Conflict(
        say(
            "Skjemaet ble åpnet for %(opened)s, men nå opptrer du for %(acting)s. Bytt tilbake til "
            "%(opened)s øverst på siden, og send inn en gang til.",
            opened=other,
            acting=actor.organisation_name,
        )
    )


def _refuse_without_organisation(actor: Actor) -> None:
    if is_public(request.endpoint):
        return  # signing in once more, in a window that was opened before
    raise Conflict(
        say(
            "Skjemaet ble åpnet uten organisasjon, men nå opptrer du for %(acting)s. Åpne siden på "
            "nytt, og send inn derfra.",
            acting=actor.organisation_name,
        )
    )
