"""Aktuelt: the list, a page each, the feed, and writing them."""

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core import clock
from pilot.core.diff import compare
from pilot.core.facts import holds_demo_data
from pilot.core.policy import Actor, allows, require
from pilot.core.words import Message, say
from pilot.editorial import queries, service
from pilot.editorial.forms import NoticeForm
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.routes.base import asked_locale, bp
from pilot.editorial.rules import NoticeState
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, reading_in, translate
from pilot.web.lists import Paged, page_number
from pilot.web.texts import TEXT_WORDS

IN_FEED = 30


@bp.get("/aktuelt")
@public
def notices() -> ResponseReturnValue:
    """What is published; KS may look at drafts and at what is withdrawn too."""
    actor = current_actor()
    asked = request.args.get("tilstand")
    state = next((one for one in NoticeState if one.value == asked), NoticeState.PUBLISHED)
    if not allows(actor, EditorialPermission.DRAFTS):
        state = NoticeState.PUBLISHED
    rows = queries.notices(actor, current_locale(), page_number(), state)
    return render_template("editorial/notices.html", page=Paged(rows), chosen=state)


@bp.get("/aktuelt.atom")
@public
def feed() -> ResponseReturnValue:
    """What everyone may read, whoever asks; in the language of the address, else bokmål."""
    locale = asked_locale() if "sprak" in request.args else "nb"
    rows = queries.latest(Actor(), locale, IN_FEED)
    with reading_in(locale):
        text = render_template(
            "editorial/feed.xml",
            rows=rows,
            feed_locale=locale,
            base=current_app.config["BASE_URL"],
            updated=max((row.changed_at for row in rows), default=clock.now()),
            mark="[Demo] " if holds_demo_data() else "",
        )
    return Response(text, mimetype="application/atom+xml")


@bp.get("/aktuelt/<int:notice_id>")
@public
def notice(notice_id: int) -> ResponseReturnValue:
    locale = asked_locale()
    view = queries.notice(current_actor(), notice_id, locale)
    return render_template("editorial/notice.html", notice=view, chosen=locale)


@bp.route("/aktuelt/ny", methods=["GET", "POST"])
def add_notice() -> ResponseReturnValue:
    require(current_actor(), EditorialPermission.NOTICE_EDIT)
    form = NoticeForm()
    form.offer()
    if form.validate_on_submit():
        with form.accepting():
            added = service.add_notice(current_actor(), form.text, form_key=form.key)
            return _stored(added.id, say("Utkastet er lagret. Se over det før du publiserer."))
    return render_template("editorial/add_notice.html", form=form), form.status


@bp.route("/aktuelt/<int:notice_id>/endre", methods=["GET", "POST"])
def edit_notice(notice_id: int) -> ResponseReturnValue:
    actor = current_actor()
    stored = queries.notice(actor, notice_id, current_locale())
    require(actor, EditorialPermission.NOTICE_EDIT)
    form = NoticeForm()
    form.offer()
    if not form.is_submitted():
        form.fill(stored)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                revision = number_in(form.revision) or 0
                service.edit_notice(actor, notice_id, form.text, revision=revision)
                return _stored(notice_id, say("Oppslaget er lagret."))
            except service.Stale:
                return _clash(notice_id, form)
    return render_template("editorial/edit_notice.html", form=form, notice=stored), form.status


def _clash(notice_id: int, form: NoticeForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed."""
    stored = queries.notice(current_actor(), notice_id, current_locale())
    form.renew(stored.revision)
    differing = compare(TEXT_WORDS, stored.texts.flat(), form.texts.flat())
    page = render_template("editorial/edit_notice.html", form=form, notice=stored, clash=differing)
    return page, 409


@bp.post("/aktuelt/<int:notice_id>/publiser")
def publish_notice(notice_id: int) -> ResponseReturnValue:
    revision = request.form.get("revision", 0, type=int)
    service.publish_notice(current_actor(), notice_id, revision=revision)
    return _stored(notice_id, say("Oppslaget er publisert."))


@bp.post("/aktuelt/<int:notice_id>/trekk")
def withdraw_notice(notice_id: int) -> ResponseReturnValue:
    service.withdraw_notice(current_actor(), notice_id)
    return _stored(notice_id, say("Oppslaget er trukket. Bare KS ser det nå."))


def _stored(notice_id: int, sentence: Message) -> ResponseReturnValue:
    flash(translate(sentence), "success")
    return redirect(url_for(".notice", notice_id=notice_id))
