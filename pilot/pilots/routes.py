"""Pages of pilots: the list and each page are open, as far as what they show is released."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import require
from pilot.core.words import label, say
from pilot.pilots import queries, service
from pilot.pilots.forms import EditForm, ReleaseForm
from pilot.pilots.permissions import PilotPermission
from pilot.pilots.rules import ZONE_CHOICES, Course, PilotState, PilotText
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, translate
from pilot.web.lists import Paged, page_number

bp = Blueprint("pilots", __name__, url_prefix="/utprovinger")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    page = Paged(queries.listed(current_actor(), page_number()))
    return render_template("pilots/index.html", page=page)


@bp.get("/<int:pilot_id>")
@public
def show(pilot_id: int) -> ResponseReturnValue:
    page = queries.page(current_actor(), pilot_id)
    return render_template("pilots/show.html", page=page, row=page.row, id=pilot_id)


@bp.route("/ny", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    require(current_actor(), PilotPermission.EDIT)
    form = _form()
    if form.validate_on_submit():
        with form.accepting():
            pilot = service.add_pilot(current_actor(), _typed(form), form_key=form.key)
            return _stored(pilot.id)
    return _drawn(form), form.status


@bp.route("/<int:pilot_id>/endre", methods=["GET", "POST"])
def edit(pilot_id: int) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.page(actor, pilot_id)
    require(actor, PilotPermission.EDIT)
    form = _form()
    if not form.is_submitted():
        refs = ", ".join(story.ref for story in page.stories)
        name = queries.municipality_name(page.text.organisation_id)
        form.fill(page.text, name, refs, page.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                revision = number_in(form.revision) or 0
                service.edit_pilot(actor, pilot_id, _typed(form), revision=revision)
                return _stored(pilot_id)
            except service.Stale:
                return _clash(pilot_id, form)
    return _drawn(form, page=page, id=pilot_id), form.status


def _typed(form: EditForm) -> PilotText:
    organisation_id = queries.municipality_named(form.municipality.data or "")
    return form.pilot(
        organisation_id, queries.stories_named(current_actor(), form.stories.data or "")
    )


def _stored(pilot_id: int) -> ResponseReturnValue:
    flash(translate(say("Utprøvingen er lagret.")), "success")
    return redirect(url_for(".show", pilot_id=pilot_id))


def _clash(pilot_id: int, form: EditForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.page(current_actor(), pilot_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    return _drawn(form, page=stored, id=pilot_id, clash=True), 409


@bp.route("/<int:pilot_id>/vis-for-alle", methods=["GET", "POST"])
def release(pilot_id: int) -> ResponseReturnValue:
    """What all will read is shown first, and the decision behind it is asked for."""
    actor = current_actor()
    page = queries.page(actor, pilot_id)
    require(actor, PilotPermission.RELEASE)
    form = ReleaseForm()
    if not form.is_submitted():
        form.revision.data = str(page.revision)
    elif form.validate_on_submit():
        with form.accepting():
            revision = number_in(form.revision)
            ref = form.decision.data or ""
            service.release_pilot(actor, pilot_id, decision=ref, revision=revision)
            flash(translate(say("Alle kan lese om utprøvingen.")), "success")
            return redirect(url_for(".show", pilot_id=pilot_id))
    return render_template("pilots/release.html", form=form, page=page, id=pilot_id), form.status


@bp.post("/<int:pilot_id>/skjul")
def hide(pilot_id: int) -> ResponseReturnValue:
    service.hide_pilot(current_actor(), pilot_id)
    flash(translate(say("Utprøvingen vises ikke lenger for alle.")), "success")
    return redirect(url_for(".show", pilot_id=pilot_id))


def _form() -> EditForm:
    form, locale = EditForm(), current_locale()

    def choices(thing: str, codes: Iterable[str]) -> list[tuple[str, str]]:
        return [(str(code), label(thing, code, locale)) for code in codes]

    form.state.choices = choices("pilot", PilotState)
    form.course.choices = choices("pilot_rag", Course)
    form.zone.choices = choices("zone", ZONE_CHOICES)
    return form


def _drawn(form: EditForm, **shown: object) -> str:
    names = queries.municipality_names()
    return render_template("pilots/edit.html", form=form, municipalities=names, **shown)
