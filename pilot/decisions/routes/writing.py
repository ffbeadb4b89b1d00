"""Recording a decision or an action, and correcting what was recorded."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import Zone, require
from pilot.core.words import label, say
from pilot.decisions import queries, service
from pilot.decisions.forms import EntryForm, things_in
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.queries import LinkRow
from pilot.decisions.routes.base import bp
from pilot.decisions.rules import EntryKind
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, translate

ACTION = "oppgave"  # in the address; anything else is a decision


@bp.route("/beslutninger/ny", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, DecisionPermission.REGISTER)
    kind = EntryKind.ACTION if request.args.get("slag") == ACTION else EntryKind.DECISION
    form = EntryForm()
    things = things_in(request.args.getlist("gjelder"))
    about = _offer(form, queries.pointed_at(actor, things))
    if not form.is_submitted():
        form.about.data = about
    elif form.validate_on_submit():
        with form.accepting():
            return _recorded(form, kind)
    return _drawn("decisions/add.html", form, kind=kind, supersedes=_supersedes()), form.status


def _recorded(form: EntryForm, kind: EntryKind) -> ResponseReturnValue:
    owner = queries.owner_named(form.owner.data or "", form.owner_email.data or "")
    entry = service.record(
        current_actor(),
        kind,
        form.entry(owner),
        about=form.things,
        supersedes=_supersedes(),
        form_key=form.key,
    )
    flash(translate(say("%(ref)s er registrert.", ref=entry.ref)), "success")
    return redirect(url_for(".show", ref=entry.ref))


def _supersedes() -> str:
    return request.args.get("erstatter", "")[:20]


@bp.route("/beslutninger/<ref>/endre", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    entry = queries.page(actor, ref)
    require(actor, DecisionPermission.REGISTER, entry)
    form = EntryForm()
    about = _offer(form, entry.links)
    if not form.is_submitted():
        form.fill(entry.text, entry.owner_organisation, entry.owner_email, entry.revision)
        form.about.data = about
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _changed(entry.id, form)
            except service.Stale:
                return _clash(ref, form)
    return _drawn("decisions/edit.html", form, kind=entry.kind, entry=entry), form.status


def _changed(entry_id: int, form: EntryForm) -> ResponseReturnValue:
    owner = queries.owner_named(form.owner.data or "", form.owner_email.data or "")
    entry = service.change_entry(
        current_actor(),
        entry_id,
        form.entry(owner),
        revision=number_in(form.revision) or 0,
        about=form.things,
        note=form.note.data or "",
    )
    flash(translate(say("%(ref)s er rettet.", ref=entry.ref)), "success")
    return redirect(url_for(".show", ref=entry.ref))


def _clash(ref: str, form: EntryForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.page(current_actor(), ref)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = _drawn("decisions/edit.html", form, kind=stored.kind, entry=stored, clash=True)
    return page, 409


def _offer(form: EntryForm, about: tuple[LinkRow, ...]) -> list[str]:
    """Fill the choices; answers the keys of what can be pointed at."""
    locale = current_locale()
    choices = [(row.key, f"{translate(row.words)}: {row.subject.title}") for row in about]
    form.offer({zone: label("zone", zone, locale) for zone in Zone}, choices)
    return [key for key, _ in choices]


def _drawn(template: str, form: EntryForm, **shown: object) -> str:
    names = queries.organisation_names()
    if not form.is_submitted() and not form.decided_on.data:
        form.decided_on.data = queries.today()
    return render_template(template, form=form, organisations=names, **shown)
