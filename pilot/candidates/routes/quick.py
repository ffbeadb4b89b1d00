"""The quick check of the municipality one acts for."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import QuickCheckForm
from pilot.candidates.routes.base import bp
from pilot.candidates.routes.interest import required
from pilot.core.words import say
from pilot.web.access import current_actor
from pilot.web.i18n import current_locale, translate


@bp.route("/utproving/runder/<int:round_id>/hurtigsjekk", methods=["GET", "POST"])
def quick_check(round_id: int) -> ResponseReturnValue:
    """The questions, and what must be in place by the answers so far."""
    page = queries.quick_page(required(round_id))
    form = QuickCheckForm()
    form.offer()
    if not form.is_submitted():
        form.fill(page.answers)
    elif form.validate_on_submit():
        with form.accepting():
            service.save_quick_check(current_actor(), page.candidate.row.id, form.answers)
            flash(translate(say("Hurtigsjekken er lagret. KS ser svarene.")), "success")
            return redirect(url_for(".quick_check", round_id=round_id))
    body = render_template(
        "candidates/quick_check.html", page=page, form=form, locale=current_locale()
    )
    return body, form.status
