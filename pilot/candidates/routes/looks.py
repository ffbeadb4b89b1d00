"""A new look at a result: the municipality asks, KS answers."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import AnswerLookForm, AskLookForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import VersionPage
from pilot.candidates.routes.base import bp
from pilot.candidates.rules.assessing import AssessmentKind
from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.web.access import current_actor
from pilot.web.forms import said_stored

ROOT = "/utproving/runder/<int:round_id>/kandidater/<number>/panelvurdering"


@bp.route(f"{ROOT}/ny-vurdering", methods=["GET", "POST"])
def ask_new_look(round_id: int, number: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.version_page(actor, round_id, number, kind=AssessmentKind.PANEL)
    require(actor, CandidatePermission.OWN, page)
    form = AskLookForm()
    if form.validate_on_submit():
        with form.accepting():
            service.ask_new_look(actor, page.row.id, form.text.data or "")
            return _back(page, say("KS har fått ønsket, og svarer på e-post."))
    body = render_template(
        "candidates/ask_new_look.html", page=page, form=form, looking=queries.looking(page)
    )
    return body, form.status


@bp.route(f"{ROOT}/svar", methods=["GET", "POST"])
def answer_new_look(round_id: int, number: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.version_page(actor, round_id, number, kind=AssessmentKind.PANEL)
    require(actor, CandidatePermission.PANEL_FINISH)
    form = AnswerLookForm()
    if form.validate_on_submit():
        with form.accepting():
            service.answer_new_look(actor, page.row.id, form.answer.data or "")
            return _back(page, say("Svaret er sendt til kommunen."))
    body = render_template(
        "candidates/answer_new_look.html", page=page, form=form, looking=queries.looking(page)
    )
    return body, form.status


def _back(page: VersionPage, sentence: Message) -> ResponseReturnValue:
    said_stored(sentence)
    number = page.row.number
    return redirect(url_for(".panel_result", round_id=page.round.id, number=number))
