"""A vendor's pages: register oneself or a colleague, change, leave. And the same by KS."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.dialogue import queries, service
from pilot.dialogue.forms import BehalfForm, PersonForm
from pilot.dialogue.models import DialogueRegistration
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.routes.base import bp
from pilot.dialogue.rules import RegistrationState
from pilot.dialogue.service import Who
from pilot.web.access import current_actor
from pilot.web.i18n import current_locale, translate


@bp.route("/okter/<int:session_id>/meld-pa", methods=["GET", "POST"])
def register(session_id: int) -> ResponseReturnValue:
    """Oneself by a button, a colleague by name and e-mail."""
    actor = current_actor()
    session = queries.page(actor, session_id)
    require(actor, DialoguePermission.REGISTER, session)
    form = PersonForm()
    if form.validate_on_submit():
        with form.accepting():
            is_self = "me" in request.form
            who = Who(locale=current_locale()) if is_self else _who(form)
            made = service.register(actor, session_id, who, form_key=form.key)
            return _answered(made)
    return render_template("dialogue/register.html", form=form, session=session), form.status


def _who(form: PersonForm) -> Who:
    """What was typed; a space for an empty name, so that it is not taken for oneself."""
    return Who(form.name.data or " ", form.address.data or "", current_locale())


@bp.route("/okter/<int:session_id>/meld-pa-for", methods=["GET", "POST"])
def register_for(session_id: int) -> ResponseReturnValue:
    """KS enters what a vendor has told by mail or phone."""
    actor = current_actor()
    session = queries.page(actor, session_id)
    require(actor, DialoguePermission.REGISTER_FOR, session)
    form = BehalfForm()
    form.offer(queries.vendors(actor))
    if form.validate_on_submit():
        with form.accepting():
            made = service.register_for(
                actor,
                session_id,
                Who(form.name.data or "", form.address.data or "", form.locale.data),
                organisation_id=form.vendor,
                behalf=form.behalf,
                form_key=form.key,
            )
            return _answered(made)
    return render_template("dialogue/register_for.html", form=form, session=session), form.status


def _answered(made: DialogueRegistration) -> ResponseReturnValue:
    comes = say("%(name)s er påmeldt. Bekreftelsen kommer på e-post.", name=made.name)
    waits = say("%(name)s står på venteliste. Blir det en plass, får du e-post.", name=made.name)
    is_in = made.state is RegistrationState.CONFIRMED
    return _back(made.session_id, comes if is_in else waits)


@bp.route("/pameldinger/<int:registration_id>/endre", methods=["GET", "POST"])
def change(registration_id: int) -> ResponseReturnValue:
    """Mend a name, or let a colleague come instead."""
    actor = current_actor()
    place = queries.own_place(actor, registration_id)
    require(actor, DialoguePermission.CHANGE, place)
    session = queries.page(actor, place.session_id)
    form = PersonForm()
    if form.validate_on_submit():
        with form.accepting():
            service.change_registration(actor, registration_id, _who(form))
            return _back(place.session_id, say("Påmeldingen er endret."))
    if not form.is_submitted():
        form.name.data, form.address.data = place.name, place.address
    page = render_template("dialogue/change.html", form=form, session=session, place=place)
    return page, form.status


@bp.route("/pameldinger/<int:registration_id>/meld-av", methods=["GET", "POST"])
def leave(registration_id: int) -> ResponseReturnValue:
    """The place goes to the next in line at once, so it is asked for on a page of its own."""
    actor = current_actor()
    if request.method == "POST":
        left = service.cancel_registration(actor, registration_id)
        return _back(left.session_id, say("%(name)s er meldt av.", name=left.name))
    place = queries.own_place(actor, registration_id)
    require(actor, DialoguePermission.CHANGE, place)
    session = queries.page(actor, place.session_id)
    return render_template("dialogue/leave.html", session=session, place=place)


def _back(session_id: int, words: Message) -> ResponseReturnValue:
    flash(translate(words), "success")
    return redirect(url_for(".show", session_id=session_id))
