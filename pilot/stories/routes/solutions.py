"""NHN's word on which national solutions meet a need."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.catalogue import queries as catalogue
from pilot.core.policy import require
from pilot.core.words import label, say
from pilot.stories import queries, service
from pilot.stories.forms import SolutionForm
from pilot.stories.permissions import StoryPermission
from pilot.stories.routes.base import bp, upcoming_after
from pilot.stories.rules import Queue, SolutionLink
from pilot.web.access import current_actor
from pilot.web.forms import said_stored
from pilot.web.i18n import current_locale, translate


@bp.route("/<ref>/losninger", methods=["GET", "POST"])
def solutions(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    story = queries.page(actor, ref)
    require(actor, StoryPermission.ASSESS, story)
    form = SolutionForm()
    form.offer(list(catalogue.solution_names().items()), _link_words())
    if form.validate_on_submit():
        with form.accepting():
            service.assess_solution(
                actor,
                story.id,
                solution_key=form.solution_key.data,
                kind=SolutionLink(form.kind.data),
                note=form.note.data or "",
            )
            said_stored(say("Vurderingen er lagret."))
            return redirect(url_for(".solutions", ref=ref, neste=Queue.ASSESS))
    elif not form.is_submitted():
        form.solution_key.data = request.args.get("losning")
    page = render_template(
        "stories/solutions.html", form=form, story=story, upcoming=upcoming_after(story.id)
    )
    return page, form.status


def _link_words() -> dict[SolutionLink, str]:
    return {kind: label("solution_link", kind, current_locale()) for kind in SolutionLink}


@bp.post("/<ref>/losninger/<key>/fjern")
def remove_solution(ref: str, key: str) -> ResponseReturnValue:
    story = queries.visible_by_ref(current_actor(), ref)
    service.remove_assessment(current_actor(), story.id, solution_key=key)
    flash(translate(say("Vurderingen er fjernet.")), "success")
    return redirect(url_for(".solutions", ref=ref))
