"""A municipality's own assessment: the whole, a dimension at a time, sending in, what was sent."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import AssignForm, SectionForm, SubmitForm, section_form
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import AssessmentPage
from pilot.candidates.routes.base import bp
from pilot.candidates.routes.receipts import paper_of
from pilot.candidates.rules.criteria import Dimension
from pilot.candidates.service import Saved
from pilot.core import clock
from pilot.core.errors import Conflict, Missing
from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.web.access import current_actor
from pilot.web.forms import said_stored
from pilot.web.i18n import current_locale, translate
from pilot.web.lists import Paged, page_number
from pilot.web.pdf import pdf_file

ROOT = "/utproving/runder/<int:round_id>/kandidater/<number>/vurdering"
AUTOSAVE = "X-Autosave"  # the script saves while the person goes on writing


@bp.get(ROOT)
def assessment(round_id: int, number: str) -> ResponseReturnValue:
    page = queries.assessment_page(current_actor(), round_id, number)
    return render_template("candidates/assessment.html", page=page, locale=current_locale())


@bp.route(f"{ROOT}/<dimension>", methods=["GET", "POST"])
def section(round_id: int, number: str, dimension: str) -> ResponseReturnValue:
    page, shown = _own(round_id, number), dimension_named(dimension)
    asked = page.of(shown)
    if not asked:
        raise Missing
    form = section_form(tuple(one.code for one in asked))()
    form.offer(asked, current_locale())
    if not form.is_submitted():
        form.fill(page.texts)
        form.saw({one.code: page.answer(one.code).revision for one in asked})
    elif form.validate_on_submit():
        with form.accepting():
            saved = service.save_answers(current_actor(), page.row.id, form.written)
            return _saved(page, shown, form, saved)
    if AUTOSAVE in request.headers:
        return _autosaved(form, "faulty")
    return _section(page, shown, form), form.status


def _own(round_id: int, number: str) -> AssessmentPage:
    """The page of a municipality's own draft, for one who may write in it now."""
    page = _draft(round_id, number)
    if not page.may_write:
        raise Conflict(service.NO_MORE)
    return page


def _draft(round_id: int, number: str) -> AssessmentPage:
    actor = current_actor()
    page = queries.assessment_page(actor, round_id, number)
    require(actor, CandidatePermission.OWN, page)
    return page


def dimension_named(named: str) -> Dimension:
    found = next((one for one in Dimension if one.value == named), None)
    if found is None:
        raise Missing
    return found


def _section(page: AssessmentPage, shown: Dimension, form: SectionForm, **more: object) -> str:
    return render_template(
        "candidates/assess_section.html",
        page=page,
        dimension=shown,
        form=form,
        locale=current_locale(),
        **more,
    )


def _saved(
    page: AssessmentPage, shown: Dimension, form: SectionForm, saved: Saved
) -> ResponseReturnValue:
    form.saw(saved.revisions)
    if AUTOSAVE in request.headers:
        return _autosaved(form, "clash" if saved.clashes else "saved")
    if saved.clashes:
        return _section(page, shown, form, clashes=saved.clashes), 409
    said_stored(say("Svarene er lagret."))
    following = _after(page, shown) if request.form.get("next") else None
    if following is None:
        return _back(page)
    return redirect(_url(".section", page, dimension=following.value))


def _autosaved(form: SectionForm, outcome: str) -> ResponseReturnValue:
    """What the script tells the writer. It is no refusal: nobody has asked for anything."""
    return jsonify(outcome=outcome, revision=form.revision.data)


def _after(page: AssessmentPage, shown: Dimension) -> Dimension | None:
    asked = [one.dimension for one in page.standings]
    return next(iter(asked[asked.index(shown) + 1 :]), None)


@bp.get(f"{ROOT}/<dimension>/historikk")
def past(round_id: int, number: str, dimension: str) -> ResponseReturnValue:
    """Every text that anyone in the municipality has written."""
    page, shown = _draft(round_id, number), dimension_named(dimension)
    return render_template(
        "candidates/past_answers.html",
        page=page,
        dimension=shown,
        rows=Paged(queries.past_answers(page, shown, page_number())),
    )


@bp.route(f"{ROOT}/<dimension>/ansvar", methods=["GET", "POST"])
def assign(round_id: int, number: str, dimension: str) -> ResponseReturnValue:
    page, shown = _own(round_id, number), dimension_named(dimension)
    stored = page.sections.get(shown)
    form = AssignForm()
    form.offer(queries.colleagues(current_actor()))
    if not form.is_submitted() and stored is not None:
        form.person_id.data = str(stored.person_id or "")
        form.due_on.data = stored.due_on
    elif form.validate_on_submit():
        with form.accepting():
            service.assign_section(
                current_actor(),
                page.row.id,
                shown,
                person_id=form.chosen,
                due_on=form.due_on.data,
            )
            return _back(page, say("Ansvaret er lagret."))
    body = render_template("candidates/assign.html", page=page, dimension=shown, form=form)
    return body, form.status


@bp.route(f"{ROOT}/send-inn", methods=["GET", "POST"])
def submit(round_id: int, number: str) -> ResponseReturnValue:
    """What is missing is said before it is sent; nothing of it stops the municipality."""
    page = _own(round_id, number)
    form = SubmitForm()
    if not form.is_submitted():
        form.confirmed_on.data = clock.today()
    elif form.validate_on_submit():
        with form.accepting():
            sent = service.submit_assessment(current_actor(), page.row.id, form.approval)
            said_stored(say("Takk. KS har fått egenvurderingen, og kvitteringen er klar."))
            return redirect(_url(".version", page, version=sent.number))
    body = render_template(
        "candidates/submit_assessment.html", page=page, form=form, locale=current_locale()
    )
    return body, form.status


@bp.get(f"{ROOT}/versjoner/<int:version>")
def version(round_id: int, number: str, version: int) -> ResponseReturnValue:
    page = queries.version_page(current_actor(), round_id, number, version)
    return render_template("candidates/version.html", page=page, locale=current_locale())


@bp.get(f"{ROOT}/versjoner/<int:version>.pdf")
def receipt(round_id: int, number: str, version: int) -> ResponseReturnValue:
    page = queries.version_page(current_actor(), round_id, number, version)
    return pdf_file(f"egenvurdering-{number}-{version}", paper_of(page))


def _url(endpoint: str, page: AssessmentPage, **values: Any) -> str:
    return url_for(endpoint, round_id=page.round.id, number=page.row.number, **values)


def _back(page: AssessmentPage, sentence: Message | None = None) -> ResponseReturnValue:
    if sentence is not None:
        flash(translate(sentence), "success")
    return redirect(_url(".assessment", page))
