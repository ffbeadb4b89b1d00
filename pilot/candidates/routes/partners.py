"""Partner municipalities: the list, and how KS keeps it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import PartnerForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.routes.base import bp
from pilot.core import clock
from pilot.core.policy import require
from pilot.core.words import say
from pilot.municipalities import queries as register
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number


@bp.get("/samarbeidskommuner")
@public
def partners() -> ResponseReturnValue:
    page = Paged(queries.partners(current_actor(), page_number()))
    return render_template("candidates/partners.html", page=page, today=clock.today())


@bp.route("/samarbeidskommuner/ny", methods=["GET", "POST"])
def add_partner() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, CandidatePermission.PARTNER_MANAGE)
    form = _form()
    if form.validate_on_submit():
        with form.accepting():
            service.add_partner(actor, form.partner, form_key=form.key)
            flash(translate(say("Samarbeidskommunen er lagret.")), "success")
            return redirect(url_for(".partners"))
    return render_template("candidates/edit_partner.html", form=form, row=None), form.status


@bp.route("/samarbeidskommuner/<int:partner_id>/endre", methods=["GET", "POST"])
def edit_partner(partner_id: int) -> ResponseReturnValue:
    actor = current_actor()
    stored = queries.partner(actor, partner_id)
    require(actor, CandidatePermission.PARTNER_MANAGE)
    form = _form()
    if not form.is_submitted():
        form.fill(stored.partner, stored.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                seen = number_in(form.revision) or 0
                service.edit_partner(actor, partner_id, form.partner, revision=seen)
            except service.Stale:
                return _clash(partner_id, form)
            flash(translate(say("Samarbeidskommunen er lagret.")), "success")
            return redirect(url_for(".partners"))
    return render_template("candidates/edit_partner.html", form=form, row=stored), form.status


def _form() -> PartnerForm:
    form = PartnerForm()
    form.offer([(place.number, place.name_unique) for place in register.names()])
    return form


def _clash(partner_id: int, form: PartnerForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.partner(current_actor(), partner_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("candidates/edit_partner.html", form=form, row=stored, clash=stored)
    return page, 409
