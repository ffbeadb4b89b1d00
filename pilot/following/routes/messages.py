"""Messages, for KS' leads: written, looked at, tried, sent, stopped."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.diff import compare
from pilot.core.policy import require
from pilot.core.registry import Registry
from pilot.core.words import Message, say
from pilot.following import queries, service
from pilot.following.forms import MessageForm, SendForm
from pilot.following.permissions import MailPermission
from pilot.following.queries.audiences import Audiences
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import plural, translate
from pilot.web.lists import Paged, page_number
from pilot.web.texts import TEXT_WORDS

bp = Blueprint("messages", __name__, url_prefix="/meldinger")


def _audiences() -> Audiences:
    registry: Registry = current_app.extensions["registry"]
    return registry.audiences


@bp.get("")
def index() -> ResponseReturnValue:
    page = Paged(queries.messages(current_actor(), page_number()))
    labels = {r.id: queries.label_of(_audiences(), r.audience, r.audience_name) for r in page.rows}
    return render_template("following/messages.html", page=page, labels=labels)


@bp.get("/<int:message_id>")
def show(message_id: int) -> ResponseReturnValue:
    form = SendForm(formdata=None)
    return _page(message_id, form), form.status


def _page(message_id: int, form: SendForm) -> str:
    """What the message says, who gets it, and what can be done with it."""
    actor = current_actor()
    found = queries.message(actor, message_id)
    form.revision.data = str(found.revision)
    count = found.receivers
    if found.is_draft:
        count = queries.how_many(actor, _audiences(), found.audience)
    return render_template(
        "following/message.html",
        message=found,
        audience=queries.label_of(_audiences(), found.audience, found.audience_name),
        count=count,
        form=form,
    )


@bp.route("/ny", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """A new message; or, with `kopi`, one that begins with the text of another."""
    actor = current_actor()
    require(actor, MailPermission.MESSAGE)
    form = _form()
    copied = request.args.get("kopi", type=int)
    if not form.is_submitted() and copied is not None:
        form.fill(queries.message(actor, copied))
    elif form.validate_on_submit():
        with form.accepting():
            added = service.add_message(actor, _audiences(), form.text, form_key=form.key)
            return _stored(added.id, say("Utkastet er lagret. Se over det før du sender."))
    return render_template("following/add_message.html", form=form), form.status


@bp.route("/<int:message_id>/endre", methods=["GET", "POST"])
def edit(message_id: int) -> ResponseReturnValue:
    actor = current_actor()
    stored = queries.message(actor, message_id)
    form = _form()
    if not form.is_submitted():
        form.fill(stored)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                service.edit_message(
                    actor,
                    _audiences(),
                    message_id,
                    form.text,
                    revision=number_in(form.revision) or 0,
                )
                return _stored(message_id, say("Utkastet er lagret. Se over det før du sender."))
            except service.Stale:
                return _clash(message_id, form)
    return render_template("following/edit_message.html", form=form, message=stored), form.status


def _form() -> MessageForm:
    form = MessageForm()
    form.offer(queries.choices(current_actor(), _audiences()))
    return form


def _clash(message_id: int, form: MessageForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed."""
    stored = queries.message(current_actor(), message_id)
    form.renew(stored.revision)
    differing = compare(TEXT_WORDS, stored.texts.flat(), form.texts.flat())
    page = render_template(
        "following/edit_message.html", form=form, message=stored, clash=differing
    )
    return page, 409


@bp.post("/<int:message_id>/prov")
def try_out(message_id: int) -> ResponseReturnValue:
    address = service.try_message(current_actor(), message_id)
    return _stored(message_id, say("En test er på vei til %(address)s.", address=address))


@bp.post("/<int:message_id>/send")
def send(message_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), SendForm()
    require(actor, MailPermission.MESSAGE)
    if form.validate_on_submit():
        with form.accepting():
            sent = service.send_message(
                actor,
                _audiences(),
                message_id,
                revision=number_in(form.revision) or 0,
                send_at=form.chosen_time,
            )
            later = say("Meldingen venter, og blir sendt på tidspunktet du valgte.")
            return _stored(sent.id, later if form.chosen_time else say("Meldingen er på vei ut."))
    return _page(message_id, form), form.status


@bp.post("/<int:message_id>/stopp")
def stop(message_id: int) -> ResponseReturnValue:
    tally = service.stop_message(current_actor(), message_id)
    stopped = translate(say("Meldingen er stoppet."))
    gone = translate(say("Ingen hadde fått den."))
    if tally.sent:
        gone = plural("Én hadde allerede fått den.", "%(n)s hadde allerede fått den.", tally.sent)
    flash(f"{stopped} {gone}", "success")
    return redirect(url_for(".show", message_id=message_id))


def _stored(message_id: int, sentence: Message) -> ResponseReturnValue:
    flash(translate(sentence), "success")
    return redirect(url_for(".show", message_id=message_id))
