"""The outbox, for KS' leads."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.outbox import MailState
from pilot.core.words import Message, say
from pilot.following import queries, service
from pilot.web.access import current_actor
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number

bp = Blueprint("following", __name__, url_prefix="/utboks")

STATE_WORDS: dict[MailState, Message] = {
    MailState.WAITING: say("Venter"),
    MailState.SENT: say("Sendt"),
    MailState.FAILED: say("Ikke sendt"),
    MailState.STOPPED: say("Stoppet"),
}


@bp.get("")
def outbox() -> ResponseReturnValue:
    actor = current_actor()
    state = request.args.get("tilstand", "")
    page = Paged(queries.mails(actor, state, page_number()))
    return render_template(
        "following/outbox.html",
        page=page,
        counts=queries.counts(actor),
        chosen=state,
        words=STATE_WORDS,
    )


@bp.post("/<int:mail_id>/send")
def resend(mail_id: int) -> ResponseReturnValue:
    service.resend(current_actor(), mail_id)
    flash(translate(say("E-posten er lagt i kø på nytt.")), "success")
    return redirect(url_for(".outbox"))
