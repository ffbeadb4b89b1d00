"""Status reports: a list, the lead's words beside the figures, a print view and a PDF."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.blocks import blocks
from pilot.core.policy import require
from pilot.core.registry import Figure
from pilot.overview import queries, service
from pilot.overview.forms import ReportForm, SendForm
from pilot.overview.permissions import ReportPermission
from pilot.overview.queries import ReportPage
from pilot.overview.routes.base import bp, registry
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import format_date, format_number, gettext, translate
from pilot.web.lists import Paged, page_number
from pilot.web.pdf import Grid, Paper, Section, pdf_file


@bp.get("/rapporter")
def reports() -> ResponseReturnValue:
    page = Paged(queries.reports(current_actor(), page_number()))
    return render_template("overview/reports.html", page=page)


@bp.route("/rapporter/ny", methods=["GET", "POST"])
def add_report() -> ResponseReturnValue:
    require(current_actor(), ReportPermission.WRITE)
    form = ReportForm()
    if form.validate_on_submit():
        with form.accepting():
            added = service.add_report(
                current_actor(),
                title=form.title.data or "",
                words=form.words.data or "",
                form_key=form.key,
            )
            return _to(added.id, gettext("Utkastet er lagret."))
    return render_template("overview/edit_report.html", form=form, report=None), form.status


@bp.get("/rapporter/<int:report_id>")
def report(report_id: int) -> ResponseReturnValue:
    found = queries.report(current_actor(), registry(), report_id)
    form = SendForm(data={"revision": str(found.revision)})
    return render_template("overview/report.html", report=found, form=form)


@bp.route("/rapporter/<int:report_id>/endre", methods=["GET", "POST"])
def edit_report(report_id: int) -> ResponseReturnValue:
    require(current_actor(), ReportPermission.WRITE)
    stored = queries.report_to_edit(current_actor(), registry(), report_id)
    form = ReportForm()
    if not form.is_submitted():
        form.title.data, form.words.data = stored.title, stored.words
        form.revision.data = str(stored.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _edited(report_id, form)
            except service.Stale:
                return _clash(report_id, form)
    return render_template("overview/edit_report.html", form=form, report=stored), form.status


def _edited(report_id: int, form: ReportForm) -> ResponseReturnValue:
    service.edit_report(
        current_actor(),
        report_id,
        title=form.title.data or "",
        words=form.words.data or "",
        revision=number_in(form.revision) or 0,
    )
    return _to(report_id, gettext("Rapporten er lagret."))


def _clash(report_id: int, form: ReportForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.report(current_actor(), registry(), report_id)
    form.revision.data = str(stored.revision)
    page = render_template("overview/edit_report.html", form=form, report=stored, clash=True)
    return page, 409


@bp.post("/rapporter/<int:report_id>/send")
def send_report(report_id: int) -> ResponseReturnValue:
    form = SendForm()
    form.validate()
    service.send_report(
        current_actor(), registry(), report_id, revision=number_in(form.revision) or 0
    )
    return _to(report_id, gettext("Rapporten er sendt. Styringsgruppen kan lese den."))


@bp.get("/rapporter/<int:report_id>/rapport.pdf")
def report_pdf(report_id: int) -> ResponseReturnValue:
    found = queries.report(current_actor(), registry(), report_id)
    return pdf_file(f"statusrapport-{found.id}", _paper(found))


def _paper(found: ReportPage) -> Paper:
    rows = tuple((translate(figure.words), _number(figure)) for figure in found.figures)
    headings = (gettext("Tall"), gettext("Antall"))
    return Paper(
        title=found.title,
        lead="",
        facts=((gettext("Dato"), format_date(found.sent_at or found.changed_at)),),
        sections=(
            Section(gettext("Prosjektlederens ord"), tuple(blocks(found.words))),
            Section(gettext("Tall"), grid=Grid(headings, rows)),
        ),
    )


def _number(figure: Figure) -> str:
    number = format_number(figure.number)
    if figure.of is None:
        return number
    return f"{number} {gettext('av %(n)s', n=format_number(figure.of))}"


def _to(report_id: int, told: str) -> ResponseReturnValue:
    flash(told, "success")
    return redirect(url_for(".report", report_id=report_id))
