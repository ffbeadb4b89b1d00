"""KS's pages: write, publish, change and cancel a session."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import require
from pilot.core.words import Message, say
from pilot.dialogue import queries, service
from pilot.dialogue.forms import ButtonForm, SessionForm
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.routes.base import bp
from pilot.dialogue.rules import SessionText
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import translate


@bp.route("/okter/ny", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, DialoguePermission.MANAGE)
    form = SessionForm()
    if form.validate_on_submit():
        with form.accepting():
            session = service.add_session(actor, form.session_text, form_key=form.key)
            return _done(session.id, say("Utkastet er lagret. Bare KS ser det til du publiserer."))
    return render_template("dialogue/add.html", form=form), form.status


@bp.route("/okter/<int:session_id>/endre", methods=["GET", "POST"])
def edit(session_id: int) -> ResponseReturnValue:
    actor = current_actor()
    session = queries.page(actor, session_id)
    require(actor, DialoguePermission.MANAGE, session)
    form = SessionForm()
    if not form.is_submitted():
        form.fill(session.text or SessionText(), session.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _edited(session_id, form)
            except service.Stale:
                return _clash(session_id, form)
    return render_template("dialogue/edit.html", form=form, session=session), form.status


def _edited(session_id: int, form: SessionForm) -> ResponseReturnValue:
    revision = number_in(form.revision) or 0
    service.edit_session(current_actor(), session_id, form.session_text, revision=revision)
    return _done(session_id, say("Møtet er lagret. De påmeldte får e-post om det som er endret."))


def _clash(session_id: int, form: SessionForm) -> ResponseReturnValue:
    """What is stored, and what was typed; to save now is to have seen the other."""
    stored = queries.page(current_actor(), session_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("dialogue/edit.html", form=form, session=stored, clash=stored.text)
    return page, 409


@bp.route("/okter/<int:session_id>/publiser", methods=["GET", "POST"])
def publish(session_id: int) -> ResponseReturnValue:
    """It cannot be taken back, so it is asked for on a page of its own."""
    actor = current_actor()
    session = queries.page(actor, session_id)
    require(actor, DialoguePermission.MANAGE, session)
    form = ButtonForm()
    if form.validate_on_submit():
        with form.accepting():
            service.publish_session(actor, session_id, revision=number_in(form.revision))
            return _done(session_id, say("Møtet er publisert. Leverandørene kan melde seg på."))
    if not form.is_submitted():
        form.revision.data = str(session.revision)
    return render_template("dialogue/publish.html", form=form, session=session), form.status


@bp.route("/okter/<int:session_id>/avlys", methods=["GET", "POST"])
def cancel(session_id: int) -> ResponseReturnValue:
    """All who are registered get the reason, so it is written first."""
    actor = current_actor()
    session = queries.page(actor, session_id)
    require(actor, DialoguePermission.MANAGE, session)
    form = ButtonForm()
    if form.validate_on_submit():
        with form.accepting():
            reason, revision = form.reason.data or "", number_in(form.revision)
            service.cancel_session(actor, session_id, reason=reason, revision=revision)
            return _done(session_id, say("Møtet er avlyst. Alle påmeldte får e-post."))
    if not form.is_submitted():
        form.revision.data = str(session.revision)
    return render_template("dialogue/cancel.html", form=form, session=session), form.status


@bp.post("/okter/<int:session_id>/gjennomfort")
def hold(session_id: int) -> ResponseReturnValue:
    service.hold_session(current_actor(), session_id)
    return _done(session_id, say("Møtet er merket som gjennomført."))


def _done(session_id: int, words: Message) -> ResponseReturnValue:
    flash(translate(words), "success")
    return redirect(url_for(".show", session_id=session_id))
