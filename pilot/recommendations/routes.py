"""Pages of documents: reading is open from the consultation on."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.errors import Missing
from pilot.core.policy import require
from pilot.core.words import label, say
from pilot.recommendations import queries, service
from pilot.recommendations.forms import DocumentForm, InputForm, MoveForm
from pilot.recommendations.permissions import DocumentPermission
from pilot.recommendations.rules import MOVE_WORDS, DocumentState, Position
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, translate
from pilot.web.lists import Paged, page_number

bp = Blueprint("recommendations", __name__, url_prefix="/anbefalinger")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    page = Paged(queries.listed(current_actor(), page_number()))
    return render_template("recommendations/index.html", page=page)


@bp.get("/<key>")
@public
def show(key: str) -> ResponseReturnValue:
    page = queries.page(current_actor(), key, request.args.get("versjon", type=int))
    return render_template("recommendations/show.html", page=page, row=page.row)


@bp.route("/ny", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    require(current_actor(), DocumentPermission.WRITE)
    form = DocumentForm()
    if form.validate_on_submit():
        with form.accepting():
            document = service.add_document(current_actor(), form.text, form_key=form.key)
            return _stored(document.key)
    return render_template("recommendations/edit.html", form=form), form.status


@bp.route("/<key>/endre", methods=["GET", "POST"])
def edit(key: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.page(actor, key)
    require(actor, DocumentPermission.WRITE)
    form = DocumentForm()
    if not form.is_submitted():
        form.fill(page.text, page.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                revision = number_in(form.revision) or 0
                service.edit_document(actor, key, form.text, revision=revision)
                return _stored(key)
            except service.Stale:
                return _clash(key, form)
    return render_template("recommendations/edit.html", form=form, page=page), form.status


def _stored(key: str) -> ResponseReturnValue:
    flash(translate(say("Dokumentet er lagret.")), "success")
    return redirect(url_for(".show", key=key))


def _clash(key: str, form: DocumentForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.page(current_actor(), key)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("recommendations/edit.html", form=form, page=stored, clash=True)
    return page, 409


@bp.route("/<key>/flytt/<state>", methods=["GET", "POST"])
def move(key: str, state: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.page(actor, key)
    to = next((one for one in MOVE_WORDS if one.value == state), None)
    if to is None:
        raise Missing
    require(actor, DocumentPermission.MOVE)
    form = MoveForm()
    if not form.is_submitted():
        form.revision.data = str(page.revision)
    elif form.validate_on_submit():
        with form.accepting():
            day, revision = form.closes_on.data, number_in(form.revision)
            service.move_document(actor, key, to=to, closes_on=day, revision=revision)
            flash(translate(MOVE_WORDS[to].done), "success")
            return redirect(url_for(".show", key=key))
    asks_day = to is DocumentState.CONSULTATION
    shown = render_template(
        "recommendations/move.html", form=form, page=page, words=MOVE_WORDS[to], asks_day=asks_day
    )
    return shown, form.status


@bp.get("/<key>/innspill")
def inputs(key: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.page(actor, key)
    rows = queries.input_rows(actor, page.row.id)
    return render_template("recommendations/inputs.html", page=page, rows=rows)


@bp.route("/<key>/vart-innspill", methods=["GET", "POST"])
def give_input(key: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.page(actor, key)
    require(actor, DocumentPermission.INPUT_GIVE)
    given = queries.own_input(actor, page.row.id)
    form = _input_form()
    if not form.is_submitted() and given:
        form.revision.data = str(given.revision)
        form.text.data, form.position.data = given.text, given.position.value
    elif form.validate_on_submit():
        with form.accepting():
            return _given(key, form)
    shown = render_template("recommendations/give_input.html", form=form, page=page, given=given)
    return shown, form.status


def _given(key: str, form: InputForm) -> ResponseReturnValue:
    service.give_input(
        current_actor(),
        key,
        text=form.text.data or "",
        position=Position(form.position.data),
        revision=number_in(form.revision),
    )
    flash(
        translate(say("Innspillet er lagret. Dere kan endre det til høringen stenger.")), "success"
    )
    return redirect(url_for(".give_input", key=key))


def _input_form() -> InputForm:
    form, locale = InputForm(), current_locale()
    form.position.choices = [(p.value, label("input_position", p, locale)) for p in Position]
    return form
