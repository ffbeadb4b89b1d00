"""KS' pages: questions that have come in, drafts of answers, and the preview before publishing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.dialogue import queries, service
from pilot.dialogue.forms import AnswerForm, PublishForm, numbers_of
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.queries import DraftRow, QuestionRow
from pilot.dialogue.routes.base import bp
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number

DONE = "ferdige"


@bp.get("/innkomne-sporsmal")
def incoming() -> ResponseReturnValue:
    is_done = request.args.get("vis") == DONE
    page = Paged(queries.incoming(current_actor(), done=is_done, page=page_number()))
    return render_template("dialogue/incoming.html", page=page, is_done=is_done)


@bp.get("/svar")
def drafts() -> ResponseReturnValue:
    page = Paged(queries.drafts(current_actor(), page_number()))
    return render_template("dialogue/drafts.html", page=page)


@bp.route("/svar/nytt", methods=["GET", "POST"])
def add_draft() -> ResponseReturnValue:
    """To the questions that were ticked among those that wait."""
    actor = current_actor()
    form = AnswerForm()
    if not form.is_submitted():
        form.questions.data = request.args.getlist("sporsmal")
    offered = queries.chosen(actor, form.numbers)
    if form.validate_on_submit():
        with form.accepting():
            service.add_draft(actor, form.answer_text, questions=form.numbers, form_key=form.key)
            return _drafts(say("Utkastet er lagret. Bare KS ser det."))
    return _draft_page(form, offered), form.status


@bp.route("/svar/<int:draft_id>/endre", methods=["GET", "POST"])
def edit_draft(draft_id: int) -> ResponseReturnValue:
    actor = current_actor()
    draft = queries.draft(actor, draft_id)
    form = AnswerForm()
    if not form.is_submitted():
        form.fill(draft.text, draft.revision)
    offered = queries.chosen(actor, form.numbers, draft_id)
    if not form.is_submitted():
        form.questions.data = [str(one.id) for one in offered]
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _edited(draft_id, form)
            except service.Stale:
                return _clash(draft_id, form)
    return _draft_page(form, offered, draft), form.status


def _edited(draft_id: int, form: AnswerForm) -> ResponseReturnValue:
    service.edit_draft(
        current_actor(),
        draft_id,
        form.answer_text,
        questions=form.numbers,
        revision=number_in(form.revision) or 0,
    )
    return _drafts(say("Utkastet er lagret. Bare KS ser det."))


def _clash(draft_id: int, form: AnswerForm) -> ResponseReturnValue:
    """What is stored, and what was typed; to save now is to have seen the other."""
    actor = current_actor()
    stored = queries.draft(actor, draft_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    offered = queries.chosen(actor, form.numbers, draft_id)
    return _draft_page(form, offered, stored, clash=True), 409


def _draft_page(
    form: AnswerForm,
    offered: tuple[QuestionRow, ...],
    draft: DraftRow | None = None,
    *,
    clash: bool = False,
) -> str:
    return render_template(
        "dialogue/draft.html", form=form, offered=offered, draft=draft, clash=clash
    )


@bp.post("/svar/<int:draft_id>/slett")
def drop_draft(draft_id: int) -> ResponseReturnValue:
    service.drop_draft(current_actor(), draft_id)
    return _drafts(say("Utkastet er slettet. Spørsmålene venter på svar som før."))


@bp.route("/svar/publiser", methods=["GET", "POST"])
def publish_answers() -> ResponseReturnValue:
    """What everyone will see, and the question that must be answered before they do."""
    actor = current_actor()
    require(actor, DialoguePermission.PUBLISH_ANSWERS)
    form = PublishForm()
    asked = form.seen if form.is_submitted() else numbers_of(request.args.getlist("utkast"))
    drafts = queries.to_publish(actor, [*asked])
    if form.validate_on_submit():
        with form.accepting():
            batch = service.publish_answers(
                actor,
                form.seen,
                is_unrecognisable=form.recognisable.data == "no",
                form_key=form.key,
            )
            flash(translate(say("Svarene er publisert. Alle leverandører får e-post.")), "success")
            return redirect(url_for(".batch", batch_id=batch.id))
    if not form.is_submitted():
        form.drafts.data = [f"{one.id}-{one.revision}" for one in drafts]
    return render_template("dialogue/publish_answers.html", form=form, drafts=drafts), form.status


def _drafts(words: Message) -> ResponseReturnValue:
    flash(translate(words), "success")
    return redirect(url_for(".drafts"))
