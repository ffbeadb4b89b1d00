"""The panel: whom KS asks, what each assessor writes, and what they come to together."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import AskForm, DeclareForm, SectionForm, SubmitForm, section_form
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import ModerationPage, ReviewPage
from pilot.candidates.routes.assessing import dimension_named
from pilot.candidates.routes.base import bp
from pilot.candidates.rules.assessing import AssessmentKind
from pilot.candidates.rules.criteria import CriterionText, Dimension
from pilot.candidates.rules.panel import LEAST, REVIEW_WORDS, ReviewState, differs, is_open
from pilot.core import clock
from pilot.core.errors import Conflict, Missing
from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.web.access import current_actor
from pilot.web.forms import said_stored
from pilot.web.i18n import current_locale, translate

CANDIDATE = "/utproving/runder/<int:round_id>/kandidater/<number>"
ROOT = f"{CANDIDATE}/panel"


@bp.route(ROOT, methods=["GET", "POST"])
def panel(round_id: int, number: str) -> ResponseReturnValue:
    """Who assesses, for KS; how far each has come, and nothing of what they think."""
    actor = current_actor()
    found = queries.page(actor, round_id, number)
    require(actor, CandidatePermission.HANDLE)
    form = AskForm()
    form.offer(queries.possible_assessors(actor, found))
    if form.validate_on_submit():
        with form.accepting():
            service.ask_assessor(actor, found.row.id, form.chosen)
            return _to(".panel", round_id, number, say("Panelmedlemmet har fått e-post."))
    rows = queries.reviews(found)
    body = render_template(
        "candidates/panel.html",
        candidate=found,
        reviews=rows,
        is_open=is_open(one.state for one in rows),
        words_of=REVIEW_WORDS,
        least=LEAST,
        form=form,
    )
    return body, form.status


def _to(
    endpoint: str, round_id: int, number: str, sentence: Message | None = None, **values: Any
) -> ResponseReturnValue:
    if sentence is not None:
        flash(translate(sentence), "success")
    return redirect(url_for(endpoint, round_id=round_id, number=number, **values))


@bp.get("/utproving/mine-vurderinger")
def my_reviews() -> ResponseReturnValue:
    """What one is asked to assess."""
    actor = current_actor()
    require(actor, CandidatePermission.ASSESS)
    rows = queries.asked_of(actor)
    return render_template("candidates/my_reviews.html", rows=rows, words_of=REVIEW_WORDS)


# --- each assessor on their own -----------------------------------------------------------------


@bp.route(f"{ROOT}/min", methods=["GET", "POST"])
def review(round_id: int, number: str) -> ResponseReturnValue:
    """One's own assessment; first of all, whether one has an interest in the municipality."""
    actor = current_actor()
    page = queries.my_review(actor, round_id, number)
    form = DeclareForm()
    form.offer()
    if form.validate_on_submit():
        with form.accepting():
            has_interest = form.interest.data == "yes"
            service.declare(
                actor, page.row.id, has_interest=has_interest, delivery=form.delivery.data or ""
            )
            return _to(".review", round_id, number, say("Svaret ditt er lagret."))
    body = render_template(
        "candidates/review.html", page=page, form=form, locale=current_locale(), S=ReviewState
    )
    return body, form.status


@bp.route(f"{ROOT}/min/<dimension>", methods=["GET", "POST"])
def review_section(round_id: int, number: str, dimension: str) -> ResponseReturnValue:
    page = queries.my_review(current_actor(), round_id, number)
    shown = dimension_named(dimension)
    form = _form(page, shown)
    if form.validate_on_submit():
        with form.accepting():
            service.save_review(current_actor(), page.row.id, form.written)
            said_stored(say("Vurderingen er lagret. Bare du ser den."))
            return _to(".review", round_id, number)
    return _section("candidates/review_section.html", page, shown, form)


def _form(page: ReviewPage | ModerationPage, shown: Dimension) -> SectionForm:
    asked: tuple[CriterionText, ...] = page.of(shown)
    if not asked:
        raise Missing
    if not page.may_write:
        raise Conflict(service.NOT_NOW)
    form = section_form(tuple(one.code for one in asked), evidence=False)()
    form.offer(asked, current_locale())
    if not form.is_submitted():
        form.fill(page.texts)
        form.saw({one.code: page.answer(one.code).revision for one in asked})
    return form


def _section(
    template: str, page: object, shown: Dimension, form: SectionForm, **more: object
) -> ResponseReturnValue:
    body = render_template(
        template, page=page, dimension=shown, form=form, locale=current_locale(), **more
    )
    return body, 409 if more.get("clashes") else form.status


@bp.post(f"{ROOT}/min/ferdig")
def finish_review(round_id: int, number: str) -> ResponseReturnValue:
    page = queries.my_review(current_actor(), round_id, number)
    service.finish_review(current_actor(), page.row.id)
    done = say("Du er ferdig. Når alle er ferdige, ser dere hverandres vurderinger.")
    return _to(".review", round_id, number, done)


# --- together -----------------------------------------------------------------------------------


@bp.get(f"{ROOT}/samlet")
def moderation(round_id: int, number: str) -> ResponseReturnValue:
    """Where the assessors differ, and what the panel says."""
    page = queries.moderation(current_actor(), round_id, number)
    return render_template(
        "candidates/moderation.html",
        page=page,
        locale=current_locale(),
        differing=_differing(page),
        dimensions=[one for one in Dimension if page.of(one)],
    )


def _differing(page: ModerationPage) -> frozenset[str]:
    said = {one.code: [row.text for _who, row in page.said(one.code)] for one in page.criteria}
    return frozenset(code for code, texts in said.items() if differs(texts))


@bp.route(f"{ROOT}/samlet/<dimension>", methods=["GET", "POST"])
def moderate(round_id: int, number: str, dimension: str) -> ResponseReturnValue:
    page = queries.moderation(current_actor(), round_id, number)
    shown = dimension_named(dimension)
    form = _form(page, shown)
    clashes = None
    if form.validate_on_submit():
        with form.accepting():
            saved = service.save_moderation(current_actor(), page.row.id, form.written)
            form.saw(saved.revisions)
            if not saved.clashes:
                said_stored(say("Panelets vurdering er lagret."))
                return _to(".moderation", round_id, number)
            clashes = saved.clashes
    template = "candidates/moderate_section.html"
    return _section(template, page, shown, form, clashes=clashes, differing=_differing(page))


@bp.route(f"{ROOT}/ferdigstill", methods=["GET", "POST"])
def finish_panel(round_id: int, number: str) -> ResponseReturnValue:
    """The panel's result, which the municipality reads from now on."""
    actor = current_actor()
    page = queries.moderation(actor, round_id, number)
    require(actor, CandidatePermission.PANEL_FINISH)
    form = SubmitForm()
    if not form.is_submitted():
        form.confirmed_on.data = clock.today()
    elif form.validate_on_submit():
        with form.accepting():
            service.finish_panel(actor, page.row.id, form.approval)
            said_stored(say("Panelets vurdering er ferdig, og kommunen har fått e-post."))
            return _to(".panel_result", round_id, number)
    body = render_template("candidates/finish_panel.html", page=page, form=form)
    return body, form.status


@bp.get(f"{CANDIDATE}/panelvurdering")
def panel_result(round_id: int, number: str) -> ResponseReturnValue:
    """What the panel has come to, for the municipality and KS, beside what it says itself."""
    actor = current_actor()
    page = queries.version_page(actor, round_id, number, kind=AssessmentKind.PANEL)
    return render_template(
        "candidates/panel_result.html",
        page=page,
        own=queries.own_beside(page),
        assessors=queries.assessors(page),
        looking=queries.looking(page),
        locale=current_locale(),
    )
