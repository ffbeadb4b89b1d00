"""The criteria, open to everyone, and KS' own work on the next version of them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import CriterionForm, PublishForm, QuickForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.routes.base import bp
from pilot.candidates.rules.criteria import CARRIED, CHANGE_WORDS, Dimension
from pilot.core.errors import Missing
from pilot.core.policy import Actor, require
from pilot.core.words import Message, say
from pilot.web.access import current_actor, public
from pilot.web.forms import PilotForm, number_in
from pilot.web.i18n import current_locale, translate

ROOT = "/utproving/kriterier"


@bp.get(ROOT)
@public
def criteria() -> ResponseReturnValue:
    """The newest version that is published."""
    return _shown(None)


@bp.get(f"{ROOT}/<int:version>")
@public
def criteria_version(version: int) -> ResponseReturnValue:
    return _shown(version)


def _shown(version: int | None) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "candidates/criteria.html",
        page=queries.criteria_set(actor, version),
        versions=queries.criteria_sets(actor),
        words_of=CHANGE_WORDS,
        locale=current_locale(),
    )


@bp.post(f"{ROOT}/ny-versjon")
def draft_criteria() -> ResponseReturnValue:
    draft = service.draft_criteria(current_actor())
    flash(translate(say("Utkastet er klart. Det blir synlig når du publiserer det.")), "success")
    return redirect(url_for(".criteria_version", version=draft.version))


@bp.route(f"{ROOT}/<int:version>/nytt", methods=["GET", "POST"])
def add_criterion(version: int) -> ResponseReturnValue:
    actor = _editor(version)
    form = CriterionForm()
    form.offer(current_locale())
    if form.validate_on_submit():
        with form.accepting():
            service.add_criterion(actor, version, form.typed)
            return _back(version, say("Kriteriet er lagt til."))
    return _page(form, version, None)


@bp.route(f"{ROOT}/<int:version>/<code>/endre", methods=["GET", "POST"])
def edit_criterion(version: int, code: str) -> ResponseReturnValue:
    actor = _editor(version)
    stored = queries.draft_of(actor, version, code)
    form = CriterionForm()
    form.offer(current_locale())
    if not form.is_submitted():
        form.fill(stored)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                service.edit_criterion(
                    actor, version, code, form.typed, revision=number_in(form.revision) or 0
                )
            except service.Stale:
                return _clash(version, code, form)
            return _back(version, say("Kriteriet er lagret."))
    return _page(form, version, code)


def _clash(version: int, code: str, form: CriterionForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.draft_of(current_actor(), version, code)
    differing = form.differing(stored.text)
    form.saw(stored.revision)
    page, _status = _page(form, version, code, differing=differing, is_clash=True)
    return page, 409


def _page(form: CriterionForm, version: int, code: str | None, **more: object) -> tuple[str, int]:
    page = render_template(
        "candidates/edit_criterion.html", form=form, version=version, code=code, **more
    )
    return page, form.status


@bp.route(f"{ROOT}/<int:version>/<code>/fjern", methods=["GET", "POST"])
def remove_criterion(version: int, code: str) -> ResponseReturnValue:
    """Taking a criterion out is asked for on a page that says what it means."""
    actor = _editor(version)
    stored = queries.draft_of(actor, version, code)
    form = PilotForm()
    if form.validate_on_submit():
        with form.accepting():
            service.remove_criterion(actor, version, code)
            return _back(version, say("Kriteriet er fjernet fra utkastet."))
    page = render_template(
        "candidates/remove_criterion.html", form=form, version=version, text=stored.text
    )
    return page, form.status


@bp.route(f"{ROOT}/<int:version>/hurtigsjekk/<dimension>", methods=["GET", "POST"])
def edit_quick(version: int, dimension: str) -> ResponseReturnValue:
    actor = _editor(version)
    found = next((one for one in Dimension if one.value == dimension), None)
    if found is None:
        raise Missing
    form = QuickForm()
    if not form.is_submitted():
        form.fill(queries.criteria_set(actor, version).quick_of(found))
    elif form.validate_on_submit():
        with form.accepting():
            service.edit_quick(actor, version, form.typed(found))
            return _back(version, say("Spørsmålet er lagret."))
    page = render_template(
        "candidates/edit_quick.html", form=form, version=version, dimension=found
    )
    return page, form.status


@bp.route(f"{ROOT}/<int:version>/publiser", methods=["GET", "POST"])
def publish_criteria(version: int) -> ResponseReturnValue:
    """It cannot be taken back, so the page says what is new and what must be answered again."""
    actor = _editor(version)
    shown = queries.criteria_set(actor, version)
    form = PublishForm()
    if form.validate_on_submit():
        with form.accepting():
            service.publish_criteria(actor, version, note=form.note.data or "")
            return _back(version, say("Versjonen er publisert. Alle kan lese den."))
    page = render_template(
        "candidates/publish_criteria.html",
        form=form,
        page=shown,
        changes=queries.set_changes(actor, shown),
        words_of=CHANGE_WORDS,
        carried=CARRIED,
    )
    return page, form.status


@bp.post(f"{ROOT}/<int:version>/forkast")
def discard_criteria(version: int) -> ResponseReturnValue:
    service.discard_draft(current_actor(), version)
    flash(translate(say("Utkastet er forkastet. Det som er publisert, står.")), "success")
    return redirect(url_for(".criteria"))


def _editor(version: int) -> Actor:
    """Who asks, if they may write in this draft."""
    actor = current_actor()
    shown = queries.criteria_line(actor, version)
    require(actor, CandidatePermission.CRITERIA)
    if not shown.is_draft and request.method == "GET":
        raise Missing
    return actor


def _back(version: int, sentence: Message) -> ResponseReturnValue:
    flash(translate(sentence), "success")
    return redirect(url_for(".criteria_version", version=version))
