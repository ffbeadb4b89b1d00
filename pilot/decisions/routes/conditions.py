"""The conditions: open to everyone, written by KS."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.policy import require
from pilot.core.words import label, say
from pilot.decisions import queries, service
from pilot.decisions.forms import ConditionForm
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.routes.base import bp
from pilot.decisions.rules import ConditionState
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import current_locale, translate


@bp.get("/rammebetingelser")
@public
def conditions() -> ResponseReturnValue:
    rows = queries.conditions(current_actor(), current_locale())
    return render_template("decisions/conditions.html", rows=rows)


@bp.get("/rammebetingelser/<key>")
@public
def condition(key: str) -> ResponseReturnValue:
    page = queries.condition(current_actor(), key, current_locale())
    return render_template("decisions/condition.html", page=page, row=page.row)


@bp.route("/rammebetingelser/<key>/endre", methods=["GET", "POST"])
def edit_condition(key: str) -> ResponseReturnValue:
    actor = current_actor()
    page = queries.condition(actor, key, current_locale())
    require(actor, DecisionPermission.CONDITION_EDIT)
    form = _form()
    if not form.is_submitted():
        form.fill(page.text, page.row.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _changed(key, form)
            except service.Stale:
                return _clash(key, form)
    return render_template("decisions/edit_condition.html", form=form, row=page.row), form.status


def _form() -> ConditionForm:
    form = ConditionForm()
    locale = current_locale()
    form.state.choices = [(s.value, label("condition", s, locale)) for s in ConditionState]
    return form


def _changed(key: str, form: ConditionForm) -> ResponseReturnValue:
    revision = number_in(form.revision) or 0
    service.edit_condition(current_actor(), key, form.condition, revision=revision)
    flash(translate(say("Rammebetingelsen er lagret.")), "success")
    return redirect(url_for(".condition", key=key))


def _clash(key: str, form: ConditionForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.condition(current_actor(), key, current_locale())
    form.revision.raw_data = None
    form.revision.data = str(stored.row.revision)
    page = render_template("decisions/edit_condition.html", form=form, row=stored.row, clash=True)
    return page, 409
