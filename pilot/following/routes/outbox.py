"""The outbox, for KS' leads."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import TemplateError

from pilot.core.outbox import MailState
from pilot.core.words import Message, say
from pilot.following import queries, service
from pilot.following.rules import fault_words
from pilot.web.access import current_actor
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number
from pilot.web.mail import read, subject_of

bp = Blueprint("following", __name__, url_prefix="/utboks")

STATE_WORDS: dict[MailState, Message] = {
    MailState.WAITING: say("Venter"),
    MailState.SENT: say("Sendt"),
    MailState.FAILED: say("Ikke sendt"),
    MailState.STOPPED: say("Stoppet"),
}
UNREADABLE = say("E-posten kan ikke vises")


@bp.get("")
def outbox() -> ResponseReturnValue:
    actor = current_actor()
    state = request.args.get("tilstand", "")
    page = Paged(queries.mails(actor, state, page_number()))
    subjects = {row.id: _subject(row) for row in page.rows}
    return render_template(
        "following/outbox.html",
        page=page,
        subjects=subjects,
        counts=queries.counts(actor),
        chosen=state,
        words=STATE_WORDS,
        fault_words=fault_words,
    )


@bp.get("/<int:mail_id>")
def mail(mail_id: int) -> ResponseReturnValue:
    """One mail, word for word as its receiver reads it."""
    row = queries.mail(current_actor(), mail_id)
    subject, text = _read(row)
    return render_template(
        "following/mail.html",
        mail=row,
        subject=subject,
        text=text,
        words=STATE_WORDS,
        fault_words=fault_words,
    )


def _subject(row: queries.MailRow) -> str:
    """Of a mail that cannot be drawn, a sentence that says so."""
    try:
        return subject_of(row, **_site())
    except TemplateError:
        return translate(UNREADABLE)


def _read(row: queries.MailRow) -> tuple[str, str]:
    try:
        return read(row, **_site())
    except TemplateError:
        return translate(UNREADABLE), ""


def _site() -> dict[str, str]:
    config = current_app.config
    return {"base_url": config["BASE_URL"], "site_name": config["SITE_NAME"]}


@bp.post("/<int:mail_id>/send")
def resend(mail_id: int) -> ResponseReturnValue:
    service.resend(current_actor(), mail_id)
    flash(translate(say("E-posten er lagt i kø på nytt.")), "success")
    return redirect(url_for(".outbox"))
