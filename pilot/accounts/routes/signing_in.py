"""Signing in and out, by link or password; whom one acts for, and the language."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from pilot.accounts import passwords, queries, service
from pilot.accounts.forms.signing_in import AddressForm, ButtonForm, NewPasswordForm, SignInForm
from pilot.accounts.login import ORGANISATION
from pilot.accounts.routes.base import asked_for, bp, known_device, let_in, may_send, target
from pilot.accounts.rules import LinkPurpose, normal_email
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.words import LOCALES
from pilot.web.access import current_actor, local_path, public
from pilot.web.forms import STORED
from pilot.web.i18n import LOCALE_COOKIE, current_locale, gettext
from pilot.web.throttle import SignInTries


@bp.route("/logg-inn", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if request.method == "GET" and not current_actor().is_guest:
        return redirect(target())
    form = SignInForm()
    if form.validate_on_submit():
        email = normal_email(form.email.data)
        if form.wants_link:
            return _send_link(email)
        person_id = _checked(email, form.password.data)
        if person_id is not None:
            return let_in(person_id, target())
        form.password.errors = [gettext("E-posten eller passordet stemmer ikke. Prøv igjen.")]
    return render_template("accounts/sign_in.html", form=form), form.status


def _send_link(email: str) -> ResponseReturnValue:
    if may_send(email):
        service.send_sign_in_link(
            current_actor(), email, locale=current_locale(), target=asked_for()
        )
    return redirect(url_for(".look_in_mailbox", hva="innlogging"))


def _checked(email: str, password: str) -> int | None:
    """Compare with no transaction open: argon2 takes longer than any query."""
    tries = SignInTries(email, request.remote_addr or "", known_device(email))
    tries.begin()
    found = queries.credentials(email)
    db.session.rollback()
    if not passwords.matches(found.password_hash if found else None, password):
        tries.failed()
        return None
    tries.succeeded()
    return found.person_id if found else None


@bp.get("/sjekk-e-posten")
@public
def look_in_mailbox() -> ResponseReturnValue:
    """What happens next; the same words whether the address is known or not."""
    return render_template("accounts/look_in_mailbox.html", what=request.args.get("hva", ""))


@bp.route("/logg-inn/lenke/<token>", methods=["GET", "POST"])
@public
def sign_in_link(token: str) -> ResponseReturnValue:
    if request.method == "POST":
        return let_in(service.use_sign_in_link(current_actor(), token), target())
    return render_template(
        "accounts/use_link.html",
        form=ButtonForm(),
        address=queries.link_address(LinkPurpose.SIGN_IN, token),
    )


@bp.route("/glemt-passord", methods=["GET", "POST"])
@public
def forgotten_password() -> ResponseReturnValue:
    form = AddressForm()
    if form.validate_on_submit():
        email = normal_email(form.email.data)
        if may_send(email):
            service.send_password_link(current_actor(), email, locale=current_locale())
        return redirect(url_for(".look_in_mailbox", hva="passord"))
    return render_template("accounts/forgotten_password.html", form=form), form.status


@bp.route("/nytt-passord/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    address = queries.link_address(LinkPurpose.PASSWORD, token)
    form = NewPasswordForm()
    if form.validate_on_submit():
        db.session.rollback()  # argon2 takes longer than any query
        made = passwords.hash_password(form.password.data)
        person_id = service.renew_password(current_actor(), token, password_hash=made)
        answer = let_in(person_id, url_for("overview.dashboard"))
        flash(gettext("Passordet er lagret. Du er logget ut alle andre steder."), "success")
        return answer
    return render_template("accounts/new_password.html", form=form, address=address), form.status


@bp.post("/logg-ut")
@public
def sign_out() -> ResponseReturnValue:
    if not current_actor().is_guest:
        service.end_session(current_actor(), current_user.session_id)
    _forget()
    flash(gettext("Du er logget ut."), "success")
    flash("", STORED)
    return redirect(url_for("overview.front"))


@bp.post("/logg-ut-alle-steder")
def sign_out_everywhere() -> ResponseReturnValue:
    service.end_all_sessions(current_actor())
    _forget()
    flash(gettext("Du er logget ut alle steder."), "success")
    flash("", STORED)
    return redirect(url_for(".sign_in"))


def _forget() -> None:
    logout_user()
    session.clear()


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
