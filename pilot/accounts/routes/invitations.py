"""Invitations as their receivers meet them."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from pilot.accounts import queries, service
from pilot.accounts.forms.people import InviteForm
from pilot.accounts.forms.signing_in import AcceptForm, PassOnForm
from pilot.accounts.login import ORGANISATION
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.routes.base import bp, let_in
from pilot.accounts.rules import NOTE_MAX, ROLES
from pilot.core.policy import Role, require
from pilot.web.access import current_actor, public
from pilot.web.i18n import current_locale, gettext, translate


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, translate(words)) for role, words in ROLES.items()]


@bp.route("/invitasjon/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    invited = queries.invited(token)
    form = AcceptForm()
    if form.validate_on_submit():
        with form.accepting():
            person_id = service.accept_invitation(
                current_actor(), token, name=form.name.data, locale=current_locale()
            )
            answer = let_in(person_id, url_for("overview.dashboard"))
            session[ORGANISATION] = invited.organisation_id
            flash(gettext("Velkommen! Nå deltar du for %(name)s.", name=invited.organisation))
            return answer
    page = render_template(
        "accounts/invitation.html", form=form, invited=invited, token=token, roles=ROLES
    )
    return page, form.status


@bp.route("/invitasjon/<token>/send-videre", methods=["GET", "POST"])
@public
def pass_on(token: str) -> ResponseReturnValue:
    invited = queries.invited(token)
    form = PassOnForm()
    if form.validate_on_submit():
        with form.accepting():
            service.pass_on_invitation(current_actor(), token, email=form.email.data)
            return redirect(url_for(".look_in_mailbox", hva="videre"))
    page = render_template("accounts/pass_on.html", form=form, invited=invited, token=token)
    return page, form.status


# --- as those who invite meet them -----------------------------------------------------------


@bp.route("/organisasjoner/<int:organisation_id>/inviter", methods=["GET", "POST"])
def invite(organisation_id: int) -> ResponseReturnValue:
    organisation = queries.organisation(current_actor(), organisation_id)
    require(current_actor(), AccountPermission.ORGANISATION_LEAD, organisation_id)
    form = InviteForm()
    form.role.choices = role_choices()
    if not form.is_submitted():  # the page that leads here may say what it is about
        form.note.data = request.args.get("tekst", "")[:NOTE_MAX]
    if form.validate_on_submit():
        with form.accepting():
            made = service.invite(
                current_actor(),
                organisation_id,
                email=form.email.data,
                role=Role(form.role.data),
                note=form.note.data or "",
            )
            flash(gettext("Invitasjonen er sendt til %(to)s.", to=made.address), "success")
            return redirect(url_for(".organisation", organisation_id=organisation_id))
    page = render_template("accounts/invite.html", form=form, organisation=organisation)
    return page, form.status


@bp.post("/invitasjoner/<int:invitation_id>/send-pa-nytt")
def resend_invitation(invitation_id: int) -> ResponseReturnValue:
    sent = service.resend_invitation(current_actor(), invitation_id)
    flash(gettext("Invitasjonen er sendt på nytt til %(to)s.", to=sent.address), "success")
    return redirect(url_for(".organisation", organisation_id=sent.organisation_id))


@bp.post("/invitasjoner/<int:invitation_id>/trekk-tilbake")
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    gone = service.withdraw_invitation(current_actor(), invitation_id)
    flash(gettext("Invitasjonen til %(to)s er trukket tilbake.", to=gone.address), "success")
    return redirect(url_for(".organisation", organisation_id=gone.organisation_id))
