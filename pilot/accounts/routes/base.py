"""The blueprint of accounts, and the way in that every door leads to."""

import hashlib
import secrets

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from itsdangerous import BadData, URLSafeSerializer

from pilot.accounts import queries, service
from pilot.accounts.login import SignedIn
from pilot.accounts.rules import EXPIRED, DeadLink
from pilot.web.access import local_path
from pilot.web.i18n import LOCALE_COOKIE, translate
from pilot.web.throttle import may_mail

bp = Blueprint("accounts", __name__)

TARGET_MOST = 500
DEVICE_KEPT = 90 * 24 * 60 * 60
#: As they name themselves in User-Agent; the first that is found. Names of products, not words.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    *((name, name) for name in ("Firefox", "Chrome", "Safari")),
)
SYSTEMS = (
    *((name, name) for name in ("Android", "iPhone", "iPad", "Windows")),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def asked_for() -> str:
    """The page of this site that someone was on the way to, if they said so."""
    return (local_path(request.args.get("next")) or "")[:TARGET_MOST]


def target() -> str:
    """Where one who has come in goes on."""
    return asked_for() or url_for("overview.dashboard")


def let_in(person_id: int, onward: str) -> ResponseReturnValue:
    """Begin a session for one who has shown who they are, in a browser that is known from now."""
    found = queries.entry(person_id)
    if found is None:
        raise DeadLink(EXPIRED)
    chosen = session.get(LOCALE_COOKIE)
    session.clear()
    session.permanent = True
    if not found.actor.locale and chosen:
        session[LOCALE_COOKIE] = chosen
    session_id = secrets.token_urlsafe(16)
    login_user(SignedIn(found.actor, found.epoch, session_id))
    service.begin_session(found.actor, session_id, device=_device_words())
    return remember_device(redirect(onward), found.address)


def _device_words() -> str:
    """«Firefox, Windows», as far as the browser says."""
    says = request.user_agent.string
    named = [
        next((name for sign, name in kinds if sign in says), "") for kinds in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, named))


def may_send(email: str) -> bool:
    return may_mail(email, request.remote_addr or "")


@bp.errorhandler(DeadLink)
def dead_link(dead: DeadLink) -> ResponseReturnValue:
    """A link that no longer works: why, and ways on."""
    page = render_template("accounts/dead_link.html", why=translate(dead.message))
    return page, 410 if dead.is_known else 404


# --- a browser that has signed in before -----------------------------------------------------


def _devices() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="device")


def _device_cookie() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def known_device(email: str) -> str | None:
    try:
        known = _devices().loads(request.cookies.get(_device_cookie(), ""))
    except BadData:
        return None
    return known["id"] if known["account"] == _digest(email) else None


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()


def remember_device(response: ResponseReturnValue, email: str) -> ResponseReturnValue:
    answer = current_app.make_response(response)
    answer.set_cookie(
        _device_cookie(),
        _devices().dumps({"id": secrets.token_hex(8), "account": _digest(email)}),
        max_age=DEVICE_KEPT,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer
