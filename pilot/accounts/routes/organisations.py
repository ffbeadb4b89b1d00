"""Organisations: the list, the page of each, and changing them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.accounts import queries, service
from pilot.accounts.forms.people import (
    EditOrganisationForm,
    NewOrganisationForm,
    OrganisationForm,
)
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.routes.base import bp
from pilot.accounts.routes.people import QUERY_MAX
from pilot.accounts.rules import KINDS, NORWAY, REGISTERED
from pilot.core.policy import OrganisationKind, require
from pilot.web.access import current_actor
from pilot.web.dates import day_in
from pilot.web.forms import ApprovalForm, number_in
from pilot.web.i18n import countries, current_locale, gettext, translate
from pilot.web.lists import Paged, page_number

UNMAPPED = "konsern-mangler"


@bp.get("/organisasjoner")
def organisations() -> ResponseReturnValue:
    q, kind = request.args.get("q", "").strip()[:QUERY_MAX], request.args.get("type", "")
    unmapped = request.args.get("vis") == UNMAPPED
    found = queries.organisations(current_actor(), q, kind, page_number(), unmapped=unmapped)
    return render_template(
        "accounts/organisations.html",
        page=Paged(found),
        q=q,
        kind=kind,
        kinds=KINDS,
        unmapped=UNMAPPED if unmapped else "",
    )


@bp.get("/organisasjoner/<int:organisation_id>")
def organisation(organisation_id: int) -> ResponseReturnValue:
    found = queries.organisation(current_actor(), organisation_id)
    return render_template(
        "accounts/organisation.html",
        organisation=found,
        kinds=KINDS,
        leads=AccountPermission.ORGANISATION_LEAD,
        manages=AccountPermission.PEOPLE_MANAGE,
        confirms=AccountPermission.OWN_CONFIRM,
    )


@bp.route("/organisasjoner/<int:organisation_id>/godkjent-av", methods=["GET", "POST"])
def confirm_participation(organisation_id: int) -> ResponseReturnValue:
    """«Hvem har godkjent at dere deltar?», asked of the organisation's own leads."""
    actor = current_actor()
    found = queries.organisation(actor, organisation_id)
    require(actor, AccountPermission.OWN_CONFIRM, organisation_id)
    form = ApprovalForm()
    if form.validate_on_submit():
        with form.accepting():
            service.confirm_participation(
                actor,
                name=form.name.data or "",
                role_title=form.role_title.data or "",
                on=day_in(form.confirmed_on),
            )
            flash(gettext("Godkjenningen er registrert."), "success")
            return redirect(url_for(".organisation", organisation_id=organisation_id))
    return render_template("accounts/confirm.html", form=form, organisation=found), form.status


def _offer_countries(form: OrganisationForm) -> None:
    norway, *others = [(NORWAY, gettext("Norge")), *countries(current_locale(), but=NORWAY)]
    form.country.choices = [norway, *others]


@bp.route("/organisasjoner/ny", methods=["GET", "POST"])
def add_organisation() -> ResponseReturnValue:
    require(current_actor(), AccountPermission.PEOPLE_MANAGE)
    form = NewOrganisationForm()
    _offer_countries(form)
    form.kind.choices = [
        (kind.value, translate(words)) for kind, words in KINDS.items() if kind not in REGISTERED
    ]
    if form.validate_on_submit():
        with form.accepting():
            added = service.register_organisation(
                current_actor(),
                OrganisationKind(form.kind.data),
                form.name.data or "",
                country=form.country.data,
                number=form.number.data or "",
            )
            flash(gettext("%(name)s er lagt til.", name=added.name), "success")
            return redirect(url_for(".organisation", organisation_id=added.id))
    return render_template("accounts/add_organisation.html", form=form), form.status


@bp.route("/organisasjoner/<int:organisation_id>/endre", methods=["GET", "POST"])
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    require(current_actor(), AccountPermission.PEOPLE_MANAGE)
    stored = queries.organisation(current_actor(), organisation_id)
    form = EditOrganisationForm(obj=stored, number=stored.org_number)
    _offer_countries(form)
    heads = queries.possible_heads(current_actor(), organisation_id)
    form.group_id.choices = [("", gettext("Ikke i et konsern her")), *heads]
    if form.validate_on_submit():
        with form.accepting():
            try:
                return _edited(organisation_id, form)
            except service.Stale:
                return _clash(organisation_id, form)
    page = render_template("accounts/edit_organisation.html", form=form, organisation=stored)
    return page, form.status


def _edited(organisation_id: int, form: EditOrganisationForm) -> ResponseReturnValue:
    changed = service.edit_organisation(
        current_actor(),
        organisation_id,
        name=form.name.data or "",
        country=form.country.data,
        number=form.number.data or "",
        group_id=number_in(form.group_id),
        revision=number_in(form.revision) or 0,
    )
    flash(gettext("%(name)s er lagret.", name=changed.name), "success")
    return redirect(url_for(".organisation", organisation_id=organisation_id))


def _clash(organisation_id: int, form: EditOrganisationForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.organisation(current_actor(), organisation_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template(
        "accounts/edit_organisation.html", form=form, organisation=stored, clash=True
    )
    return page, 409
