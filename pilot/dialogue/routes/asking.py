"""A vendor's questions: ask, mend, withdraw. And KS, which enters one that came by phone."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.dialogue import queries, service
from pilot.dialogue.forms import QuestionForForm, QuestionForm
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.routes.base import bp
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number


@bp.get("/sporsmal")
def my_questions() -> ResponseReturnValue:
    """Those of the vendor one acts for."""
    page = Paged(queries.my_questions(current_actor(), page_number()))
    return render_template("dialogue/my_questions.html", page=page)


@bp.route("/sporsmal/nytt", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, DialoguePermission.ASK)
    form = QuestionForm()
    if form.validate_on_submit():
        with form.accepting():
            asked = service.ask(actor, form.question, form_key=form.key)
            return _back(asked.id, say("KS har fått spørsmålet."))
    return render_template("dialogue/ask.html", form=form), form.status


@bp.route("/innkomne-sporsmal/registrer", methods=["GET", "POST"])
def ask_for() -> ResponseReturnValue:
    """KS enters what a vendor has asked by mail or phone."""
    actor = current_actor()
    require(actor, DialoguePermission.ANSWER)
    form = QuestionForForm()
    form.offer(queries.vendors(actor))
    if form.validate_on_submit():
        with form.accepting():
            asked = service.ask_for(
                actor,
                form.question,
                organisation_id=form.vendor,
                behalf=form.behalf,
                form_key=form.key,
            )
            words = say("Spørsmålet er registrert. Leverandøren får en kvittering på e-post.")
            return _back(asked.id, words)
    return render_template("dialogue/ask_for.html", form=form), form.status


@bp.get("/sporsmal/<int:question_id>")
def question(question_id: int) -> ResponseReturnValue:
    asked = queries.question(current_actor(), question_id)
    return render_template("dialogue/question.html", question=asked)


@bp.route("/sporsmal/<int:question_id>/endre", methods=["GET", "POST"])
def change_question(question_id: int) -> ResponseReturnValue:
    actor = current_actor()
    asked = queries.question(actor, question_id)
    require(actor, DialoguePermission.CHANGE_QUESTION, asked)
    form = QuestionForm()
    if not form.is_submitted():
        form.text.data, form.revision.data = asked.text, str(asked.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _changed(question_id, form)
            except service.Stale:
                return _clash(question_id, form)
    page = render_template("dialogue/change_question.html", form=form, question=asked)
    return page, form.status


def _changed(question_id: int, form: QuestionForm) -> ResponseReturnValue:
    revision = number_in(form.revision) or 0
    service.change_question(current_actor(), question_id, form.question, revision=revision)
    return _back(question_id, say("Spørsmålet er endret."))


def _clash(question_id: int, form: QuestionForm) -> ResponseReturnValue:
    """What is stored, and what was typed; to save now is to have seen the other."""
    stored = queries.question(current_actor(), question_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("dialogue/change_question.html", form=form, question=stored, clash=True)
    return page, 409


@bp.post("/sporsmal/<int:question_id>/trekk")
def withdraw_question(question_id: int) -> ResponseReturnValue:
    """No page of its own: it is undone by one button, and the place is kept."""
    service.withdraw_question(current_actor(), question_id)
    return _back(question_id, say("Spørsmålet er trukket. Angrer du, kan du sende det igjen."))


@bp.post("/sporsmal/<int:question_id>/send-igjen")
def restore_question(question_id: int) -> ResponseReturnValue:
    service.restore_question(current_actor(), question_id)
    return _back(question_id, say("Spørsmålet er sendt igjen."))


def _back(question_id: int, words: Message) -> ResponseReturnValue:
    flash(translate(words), "success")
    return redirect(url_for(".question", question_id=question_id))
