"""Signing in and out, whom one acts for, and the language."""

import hashlib
import secrets

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from itsdangerous import BadData, URLSafeSerializer

from pilot.accounts import passwords, queries, service
from pilot.accounts.forms import SignInForm
from pilot.accounts.login import ORGANISATION, SignedIn
from pilot.accounts.rules import normal_email
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.words import LOCALES
from pilot.web.access import current_actor, local_path, public
from pilot.web.forms import STORED
from pilot.web.i18n import LOCALE_COOKIE, gettext
from pilot.web.throttle import SignInTries

bp = Blueprint("accounts", __name__)

DEVICE_KEPT = 90 * 24 * 60 * 60


@bp.route("/logg-inn", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    target = local_path(request.args.get("next")) or url_for("overview.dashboard")
    if request.method == "GET" and not current_actor().is_guest:
        return redirect(target)
    form = SignInForm()
    if form.validate_on_submit():
        email = normal_email(form.email.data)
        user = _checked(email, form.password.data)
        if user is not None:
            chosen = session.get(LOCALE_COOKIE)
            session.clear()
            session.permanent = True
            if not user.actor.locale and chosen:
                session[LOCALE_COOKIE] = chosen
            login_user(user)
            return _remember_device(redirect(target), email)
        form.password.errors = [gettext("E-posten eller passordet stemmer ikke. Prøv igjen.")]
    return render_template("accounts/sign_in.html", form=form), form.status


def _checked(email: str, password: str) -> SignedIn | None:
    """Compare with no transaction open: argon2 takes longer than any query."""
    tries = SignInTries(email, request.remote_addr or "", _known_device(email))
    tries.begin()
    found = queries.credentials(email)
    db.session.rollback()
    if not passwords.matches(found.password_hash if found else None, password):
        tries.failed()
        return None
    tries.succeeded()
    actor = queries.actor_of(found.person_id, None, None) if found else None
    new_id = secrets.token_urlsafe(16)
    return SignedIn(actor, found.session_epoch, new_id) if actor and found else None


def _devices() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="device")


def _device_cookie() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _known_device(email: str) -> str | None:
    try:
        known = _devices().loads(request.cookies.get(_device_cookie(), ""))
    except BadData:
        return None
    return known["id"] if known["account"] == _digest(email) else None


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode()).hexdigest()


def _remember_device(response: ResponseReturnValue, email: str) -> ResponseReturnValue:
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


@bp.post("/logg-ut")
@public
def sign_out() -> ResponseReturnValue:
    if not current_actor().is_guest:
        service.end_session(current_actor(), current_user.session_id)
    logout_user()
    session.clear()
    flash(gettext("Du er logget ut."), "success")
    flash("", STORED)
    return redirect(url_for("overview.front"))


@bp.post("/opptre-som")
def act_for() -> ResponseReturnValue:
    wanted = request.form.get("organisation_id", type=int)
    choice = next((c for c in current_actor().choices if c.id == wanted), None)
    if choice is None:
        raise Missing
    session[ORGANISATION] = choice.id
    flash(gettext("Nå opptrer du for %(name)s.", name=choice.name), "success")
    return redirect(local_path(request.form.get("next")) or url_for("overview.dashboard"))


@bp.post("/sprak")
@public
def choose_language() -> ResponseReturnValue:
    locale = request.form.get("locale", "")
    if locale not in LOCALES:
        raise Missing
    session.permanent = True
    session[LOCALE_COOKIE] = locale
    if not current_actor().is_guest:
        service.choose_language(current_actor(), locale)
    return redirect(local_path(request.form.get("next")) or url_for("overview.front"))
