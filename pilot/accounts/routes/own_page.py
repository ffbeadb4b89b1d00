"""A person's own page: who one is here, how mail comes, sessions, tokens, what is kept."""

from flask import current_app, flash, jsonify, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pilot.accounts import queries, service
from pilot.accounts.forms.people import ProfileForm
from pilot.accounts.routes.base import bp, may_send
from pilot.accounts.rules import KINDS, MailRhythm
from pilot.core.registry import Registry
from pilot.web.access import current_actor
from pilot.web.i18n import LOCALE_COOKIE, current_locale, gettext


@bp.route("/min-side", methods=["GET", "POST"])
def own_page() -> ResponseReturnValue:
    actor = current_actor()
    page = queries.own_page(actor, current_user.session_id)
    form = ProfileForm(obj=page)
    if form.validate_on_submit():
        with form.accepting():
            service.edit_profile(
                actor,
                name=form.name.data or "",
                locale=form.locale.data,
                rhythm=MailRhythm(form.rhythm.data),
            )
            session[LOCALE_COOKIE] = form.locale.data
            flash(gettext("Endringene er lagret."), "success")
            return redirect(url_for(".own_page"))
    return render_template("accounts/own_page.html", page=page, form=form, kinds=KINDS), form.status


@bp.post("/min-side/passord")
def own_password() -> ResponseReturnValue:
    """A new password needs the mailbox too: the link goes there."""
    actor = current_actor()
    address = queries.own_page(actor, "").address
    if may_send(address):
        service.send_password_link(actor, address, locale=current_locale())
    flash(gettext("Vi har sendt en lenke for å velge passord til %(to)s.", to=address), "success")
    return redirect(url_for(".own_page"))


@bp.post("/min-side/innlogginger/<int:open_id>/avslutt")
def end_open_session(open_id: int) -> ResponseReturnValue:
    service.end_open_session(current_actor(), open_id)
    flash(gettext("Innloggingen er avsluttet."), "success")
    return redirect(url_for(".own_page"))


@bp.post("/min-side/nokler/<int:token_id>/fjern")
def revoke_token(token_id: int) -> ResponseReturnValue:
    service.revoke_token(current_actor(), token_id)
    flash(gettext("API-nøkkelen virker ikke lenger."), "success")
    return redirect(url_for(".own_page"))


@bp.get("/min-side/mine-opplysninger.json")
def own_data() -> ResponseReturnValue:
    """What every slice keeps about the person, as a file to take along."""
    registry: Registry = current_app.extensions["registry"]
    actor = current_actor()
    kept = {kind: rows for keeper in registry.personal for kind, rows in keeper(actor).items()}
    answer = jsonify(kept)
    answer.headers["Content-Disposition"] = 'attachment; filename="mine-opplysninger.json"'
    return answer
