"""Pages of importing: what can be imported, a file, what it would change, and the button."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.imports import Change, Importer, Plan
from pilot.core.registry import Registry
from pilot.imports import queries, service
from pilot.imports.forms import FileForm
from pilot.web.access import current_actor
from pilot.web.exports import csv_file
from pilot.web.forms import PilotForm
from pilot.web.i18n import gettext, plural, translate

bp = Blueprint("imports", __name__)


def _importers() -> list[Importer]:
    registry: Registry = current_app.extensions["registry"]
    return registry.imports


@bp.get("/import")
def index() -> ResponseReturnValue:
    importers = queries.offered(current_actor(), _importers())
    return render_template("imports/index.html", importers=importers)


@bp.route("/import/<key>", methods=["GET", "POST"])
def add(key: str) -> ResponseReturnValue:
    importer = queries.importer_of(current_actor(), _importers(), key)
    form = FileForm(upload=request.files.get("file"))
    plan = None
    if form.validate_on_submit():
        with form.accepting():
            rows = queries.read_file(importer, form.content)
            plan = queries.plan_of(current_actor(), importer, rows)
            if not plan.faults:
                file = service.keep_file(current_actor(), importer, form.name, rows)
                return redirect(url_for(".show", file_id=file.id))
    page = render_template("imports/add.html", importer=importer, form=form, plan=plan)
    return page, 422 if plan else form.status


@bp.get("/import/<key>/mal.csv")
def template_file(key: str) -> ResponseReturnValue:
    """An empty file with the headings, to fill in."""
    importer = queries.importer_of(current_actor(), _importers(), key)
    return csv_file(importer.key, [translate(column.label) for column in importer.columns], [])


@bp.route("/import/fil/<int:file_id>", methods=["GET", "POST"])
def show(file_id: int) -> ResponseReturnValue:
    preview = queries.preview(current_actor(), _importers(), file_id)
    form = PilotForm()
    if form.validate_on_submit():
        with form.accepting():
            plan = service.store(current_actor(), preview.importer, file_id)
            flash(_told(plan), "success")
            return redirect(url_for(".index"))
    return render_template("imports/show.html", preview=preview, form=form), form.status


def _told(plan: Plan) -> str:
    new, changed = plan.count(Change.NEW), plan.count(Change.CHANGED)
    added = plural("%(n)s ny er lagt til.", "%(n)s nye er lagt til.", new)
    return f"{added} {gettext('Endret: %(n)s.', n=changed)}"
