"""Editorial pages: reading, writing, versions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.diff import compare
from pilot.core.policy import require
from pilot.core.words import say
from pilot.editorial import queries, service
from pilot.editorial.forms import PageForm
from pilot.editorial.panels import page_link
from pilot.editorial.permissions import EditorialPermission
from pilot.editorial.routes.base import asked_locale, bp
from pilot.editorial.rules import SHOWN_BY
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, translate
from pilot.web.templating import url_of
from pilot.web.texts import TEXT_WORDS

PAGE_WORDS = {**TEXT_WORDS, "links": say("Lenker")}


@bp.get("/om")
@public
def pages() -> ResponseReturnValue:
    rows = queries.contents(current_actor(), current_locale())
    return render_template(
        "editorial/pages.html", rows=[(row, url_of(page_link(row.key))) for row in rows]
    )


@bp.get("/om/<key>")
@public
def page(key: str) -> ResponseReturnValue:
    if key in SHOWN_BY:
        return redirect(url_for(SHOWN_BY[key]))
    view = queries.page(current_actor(), key, current_locale())
    return render_template("editorial/page.html", page=view)


@bp.get("/om/<key>/utkast")
def draft(key: str) -> ResponseReturnValue:
    """The last version as its readers will get it, in each language."""
    locale = asked_locale()
    view = queries.latest_draft(current_actor(), key, locale)
    return render_template("editorial/draft.html", page=view, chosen=locale)


@bp.route("/om/ny", methods=["GET", "POST"])
def add_page() -> ResponseReturnValue:
    require(current_actor(), EditorialPermission.PAGE_EDIT)
    form = PageForm()
    if form.is_submitted() and "add_row" in request.form:
        form.add_row()
    elif form.validate_on_submit():
        with form.accepting():
            return _stored(service.add_page(current_actor(), form.text).key)
    return render_template("editorial/add_page.html", form=form), form.status


@bp.route("/om/<key>/endre", methods=["GET", "POST"])
def edit_page(key: str) -> ResponseReturnValue:
    actor = current_actor()
    row = queries.visible_page(actor, key)
    require(actor, EditorialPermission.PAGE_EDIT)
    form = PageForm()
    if not form.is_submitted():
        form.fill(queries.page_text(row.id, row.version), row.revision)
    elif "add_row" in request.form:
        form.add_row()
    elif form.validate_on_submit():
        with form.accepting():
            try:
                revision = number_in(form.revision) or 0
                note = form.note.data or ""
                service.edit_page(actor, key, form.text, revision=revision, note=note)
                return _stored(key)
            except service.Stale:
                return _clash(key, form)
    return render_template("editorial/edit_page.html", form=form, key=key), form.status


def _clash(key: str, form: PageForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed."""
    row = queries.visible_page(current_actor(), key)
    stored = queries.page_text(row.id, row.version)
    form.renew(row.revision)
    differing = compare(PAGE_WORDS, stored.flat(), form.text.flat())
    page = render_template("editorial/edit_page.html", form=form, key=key, clash=differing)
    return page, 409


def _stored(key: str) -> ResponseReturnValue:
    flash(translate(say("Utkastet er lagret. Se over det før du publiserer.")), "success")
    return redirect(url_for(".draft", key=key))


@bp.post("/om/<key>/publiser")
def publish_page(key: str) -> ResponseReturnValue:
    revision = request.form.get("revision", 0, type=int)
    service.publish_page(current_actor(), key, revision=revision)
    flash(translate(say("Siden er publisert, og kan leses av alle.")), "success")
    return redirect(url_of(page_link(key)))


@bp.post("/om/<key>/trekk")
def withdraw_page(key: str) -> ResponseReturnValue:
    service.withdraw_page(current_actor(), key)
    flash(translate(say("Siden er trukket. Bare KS ser den nå.")), "success")
    return redirect(url_for(".draft", key=key))


@bp.get("/om/<key>/versjoner")
def versions(key: str) -> ResponseReturnValue:
    """What differs between two versions, the last two when none are named."""
    actor = current_actor()
    rows = queries.versions(actor, key)
    new = request.args.get("til", rows[0].number, type=int)
    old = request.args.get("fra", max(new - 1, 1), type=int)
    row = queries.visible_page(actor, key)
    texts = [queries.page_text(row.id, number).flat() for number in (old, new)]
    return render_template(
        "editorial/versions.html",
        key=key,
        rows=rows,
        old=old,
        new=new,
        changes=compare(PAGE_WORDS, *texts),
    )
