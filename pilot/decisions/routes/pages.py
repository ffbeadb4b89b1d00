"""The page of a decision or an action, what is said of it, and where it goes next."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core.errors import Missing
from pilot.core.policy import require
from pilot.core.words import say
from pilot.decisions import queries, service
from pilot.decisions.forms import MoveForm
from pilot.decisions.panels import WORDS
from pilot.decisions.permissions import DecisionPermission
from pilot.decisions.routes.base import bp
from pilot.decisions.rules import MOVE_WORDS, MOVES, EntryState
from pilot.web.access import current_actor, public
from pilot.web.forms import number_in
from pilot.web.i18n import translate


@bp.get("/beslutninger/<ref>")
@public
def show(ref: str) -> ResponseReturnValue:
    entry = queries.page(current_actor(), ref)
    return render_template("decisions/show.html", entry=entry, words=WORDS, form=MoveForm())


@bp.post("/beslutninger/<ref>/merknader")
def remark(ref: str) -> ResponseReturnValue:
    actor = current_actor()
    entry = queries.page(actor, ref)
    require(actor, DecisionPermission.CARRY_OUT, entry)
    form = MoveForm()
    if form.validate_on_submit():
        with form.accepting():
            service.remark(actor, entry.id, form.note.data or "")
            flash(translate(say("Merknaden er lagret.")), "success")
            return redirect(url_for(".show", ref=ref))
    page = render_template("decisions/show.html", entry=entry, words=WORDS, form=form)
    return page, form.status


@bp.route("/beslutninger/<ref>/flytt/<state>", methods=["GET", "POST"])
def move(ref: str, state: str) -> ResponseReturnValue:
    """A change of state has a page of its own, where it can be said why."""
    actor = current_actor()
    entry = queries.page(actor, ref)
    to = _state(state)
    by_ks, owed = MOVES[to].by_ks, MOVES[to].needs_reason
    asked = DecisionPermission.DROP if by_ks else DecisionPermission.CARRY_OUT
    require(actor, asked, entry)
    form = MoveForm()
    if form.validate_on_submit():
        with form.accepting():
            note, revision = form.note.data or "", number_in(form.revision)
            service.move_action(actor, entry.id, to=to, note=note, revision=revision)
            flash(translate(MOVE_WORDS[to].done), "success")
            return redirect(url_for(".show", ref=ref))
    if not form.is_submitted():
        form.revision.data = str(entry.revision)
    page = render_template(
        "decisions/move.html", form=form, entry=entry, words=MOVE_WORDS[to], needs_reason=owed
    )
    return page, form.status


def _state(code: str) -> EntryState:
    found = next((state for state in MOVES if state.value == code), None)
    if found is None:
        raise Missing
    return found
