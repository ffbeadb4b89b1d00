"""Pages of the catalogue: national solutions, information services. Reading is open to everyone."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.catalogue import queries, service
from pilot.catalogue.forms import ConfirmForm, DocumentForm, FollowUpForm, ServiceForm
from pilot.catalogue.permissions import CataloguePermission
from pilot.catalogue.rules import (
    SET_BY_HAND,
    SOLUTION_PANELS,
    LinkKind,
    ServiceState,
    document_ref,
)
from pilot.core.policy import require
from pilot.core.registry import Registry, Thing
from pilot.core.words import label, say
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, translate
from pilot.web.lists import Paged, chips_of, page_number, search_words

bp = Blueprint("catalogue", __name__)

UNCONFIRMED = "ikke-bekreftet"
SHOWN = 5  # of what follows up a recommendation, beside it


# --- care settings ----------------------------------------------------------------------------


@bp.get("/tjenestesteder")
@public
def care_settings() -> ResponseReturnValue:
    """Where information comes from and goes to, by who answers for the setting."""
    return render_template(
        "catalogue/care_settings.html", groups=queries.care_settings_by_level(current_locale())
    )


# --- national solutions ----------------------------------------------------------------------


@bp.get("/losninger")
@public
def solutions() -> ResponseReturnValue:
    only = request.args.get("vis") == UNCONFIRMED
    return render_template(
        "catalogue/solutions.html",
        rows=queries.solutions(current_actor(), unconfirmed_only=only),
        unconfirmed_only=only,
        unconfirmed_url=url_for(".solutions", vis=UNCONFIRMED),
    )


@bp.get("/losninger/<key>")
@public
def solution(key: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.solution(actor, key)
    registry: Registry = current_app.extensions["registry"]
    return render_template(
        "catalogue/solution.html",
        page=page,
        panels=registry.panels_of(SOLUTION_PANELS, actor, key),
        form=ConfirmForm(),
        may_confirm=CataloguePermission.SOLUTION_CONFIRM,
    )


@bp.post("/losninger/<key>/bekreft")
def confirm(key: str) -> ResponseReturnValue:
    confirmed = service.confirm_solution(current_actor(), key)
    flash(translate(say("Beskrivelsen av %(name)s er bekreftet.", name=confirmed.name)), "success")
    return redirect(url_for(".solution", key=key))


@bp.post("/losninger/<key>/angre-bekreftelse")
def unconfirm(key: str) -> ResponseReturnValue:
    changed = service.unconfirm_solution(current_actor(), key)
    flash(
        translate(say("Bekreftelsen av %(name)s er trukket tilbake.", name=changed.name)), "success"
    )
    return redirect(url_for(".solution", key=key))


# --- information services --------------------------------------------------------------------


@bp.get("/tjenester")
@public
def services() -> ResponseReturnValue:
    q = search_words()
    return render_template(
        "catalogue/services.html",
        page=Paged(queries.services(current_actor(), page_number(), q)),
        q=q,
        chips=chips_of(),
        may_add=CataloguePermission.SERVICE_EDIT,
    )


@bp.get("/tjenester/<key>", endpoint="service")
@public
def show_service(key: str) -> ResponseReturnValue:
    return render_template(
        "catalogue/service.html",
        service=queries.service(current_actor(), key),
        may_edit=CataloguePermission.SERVICE_EDIT,
    )


@bp.route("/tjenester/ny", methods=["GET", "POST"])
def add_service() -> ResponseReturnValue:
    require(current_actor(), CataloguePermission.SERVICE_EDIT)
    form = _form()
    if form.is_submitted() and "add_row" in request.form:
        form.add_row()
    elif form.validate_on_submit():
        with form.accepting():
            added = service.add_service(current_actor(), form.text)
            return _stored(added.key, added.name)
    return render_template("catalogue/add_service.html", form=form), form.status


@bp.route("/tjenester/<key>/endre", methods=["GET", "POST"])
def edit_service(key: str) -> ResponseReturnValue:
    stored = queries.service_to_edit(current_actor(), key)
    form = _form(stored.state)
    if not form.is_submitted():
        form.fill(stored.text, stored.revision)
    elif "add_row" in request.form:
        form.add_row()
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _edited(key, form)
            except service.Stale:
                return _clash(key, form)
    return render_template("catalogue/edit_service.html", form=form, service=stored), form.status


def _form(state: ServiceState | None = None) -> ServiceForm:
    form = ServiceForm()
    states = SET_BY_HAND if state in (None, *SET_BY_HAND) else (*SET_BY_HAND, state)
    locale = current_locale()
    form.offer(
        queries.solution_names().items(),
        [(kind.value, label("solution_link", kind, locale)) for kind in LinkKind],
        [(s.value, label("information_service", s, locale)) for s in states if s],
    )
    return form


def _edited(key: str, form: ServiceForm) -> ResponseReturnValue:
    changed = service.edit_service(
        current_actor(), key, form.text, revision=number_in(form.revision) or 0
    )
    return _stored(changed.key, changed.name)


def _clash(key: str, form: ServiceForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.service(current_actor(), key)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("catalogue/edit_service.html", form=form, service=stored, clash=True)
    return page, 409


def _stored(key: str, name: str) -> ResponseReturnValue:
    flash(translate(say("«%(name)s» er lagret.", name=name)), "success")
    return redirect(url_for(".service", key=key))


# --- foundation documents --------------------------------------------------------------------


@bp.get("/grunnlag")
@public
def documents() -> ResponseReturnValue:
    page = Paged(queries.documents(current_actor(), page_number()))
    may_add = CataloguePermission.DOCUMENT_EDIT
    return render_template("catalogue/documents.html", page=page, may_add=may_add)


@bp.get("/grunnlag/<ref>")
@public
def document(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.document(actor, ref)
    return render_template(
        "catalogue/document.html",
        document=found,
        followers=queries.followers(actor, found.id),
        few=SHOWN,
        may_edit=CataloguePermission.DOCUMENT_EDIT,
    )


@bp.get("/grunnlag/<ref>/<int:number>")
@public
def recommendation(ref: str, number: int) -> ResponseReturnValue:
    """A numbered recommendation, with all that follows it up."""
    actor = current_actor()
    found = queries.document(actor, ref)
    row, page = queries.recommendation_page(actor, found, number, page_number())
    shown = {"document": found, "row": row, "page": Paged(page)}
    return render_template("catalogue/recommendation.html", **shown)


@bp.route("/grunnlag/ny", methods=["GET", "POST"])
def add_document() -> ResponseReturnValue:
    require(current_actor(), CataloguePermission.DOCUMENT_EDIT)
    form = DocumentForm()
    if form.is_submitted() and "add_row" in request.form:
        form.add_row()
    elif form.validate_on_submit():
        with form.accepting():
            return _registered(service.add_document(current_actor(), form.text).number)
    return render_template("catalogue/add_document.html", form=form), form.status


@bp.route("/grunnlag/<ref>/endre", methods=["GET", "POST"])
def edit_document(ref: str) -> ResponseReturnValue:
    stored = queries.document_to_edit(current_actor(), ref)
    form = DocumentForm()
    if not form.is_submitted():
        form.fill(stored.text, stored.revision)
    elif "add_row" in request.form:
        form.add_row()
    elif form.validate_on_submit():
        with form.accepting():
            try:
                revision = number_in(form.revision) or 0
                changed = service.edit_document(current_actor(), ref, form.text, revision=revision)
                return _registered(changed.number)
            except service.Stale:
                return _document_clash(ref, form)
    page = render_template("catalogue/edit_document.html", form=form, document=stored)
    return page, form.status


def _document_clash(ref: str, form: DocumentForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.document(current_actor(), ref)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("catalogue/edit_document.html", form=form, document=stored, clash=True)
    return page, 409


def _registered(number: int) -> ResponseReturnValue:
    ref = document_ref(number)
    flash(translate(say("%(ref)s er lagret.", ref=ref)), "success")
    return redirect(url_for(".document", ref=ref))


# --- what follows up their recommendations -----------------------------------------------------


@bp.route("/grunnlag/folger-opp/<kind>/<int:thing_id>", methods=["GET", "POST"])
def follow_up(kind: str, thing_id: int) -> ResponseReturnValue:
    thing = Thing(kind, thing_id)
    page = queries.follow_up_page(current_actor(), thing)
    form = FollowUpForm()
    form.offer((row.ref, f"{row.of}, {row.number}: {row.text}") for row in page.offered)
    if form.validate_on_submit():
        with form.accepting():
            service.follow_up(current_actor(), thing, form.ref.data)
            flash(translate(say("Saken følger nå opp anbefalingen.")), "success")
            return redirect(url_for(".follow_up", kind=kind, thing_id=thing_id))
    shown = render_template("catalogue/follow_up.html", page=page, form=form, thing=thing)
    return shown, form.status


@bp.post("/grunnlag/folger-opp/<kind>/<int:thing_id>/fjern")
def stop_following_up(kind: str, thing_id: int) -> ResponseReturnValue:
    thing = Thing(kind, thing_id)
    service.stop_following_up(current_actor(), thing, request.form.get("ref", ""))
    flash(translate(say("Saken følger ikke lenger opp anbefalingen.")), "success")
    return redirect(url_for(".follow_up", kind=kind, thing_id=thing_id))
