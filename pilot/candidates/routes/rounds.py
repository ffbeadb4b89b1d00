"""The public page of the pilots, a round's page, and what KS' leads do with a round."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import RoundForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import RoundPage
from pilot.candidates.routes.base import bp
from pilot.candidates.rules import RELEASE_WORDS, ROUND_WORDS, RoundState
from pilot.core.errors import Missing
from pilot.core.policy import Actor, require
from pilot.core.words import say
from pilot.web.access import current_actor, public
from pilot.web.forms import PilotForm, number_in
from pilot.web.i18n import translate
from pilot.web.lists import Paged, page_number


@bp.get("/utproving")
@public
def index() -> ResponseReturnValue:
    actor = current_actor()
    rounds = queries.rounds(actor)
    current = queries.current(actor)
    return render_template("candidates/index.html", rounds=rounds, **_about(actor, current))


def _about(actor: Actor, shown: RoundPage | None) -> dict[str, object]:
    """A round, who is shown in it, and where one's own municipality stands."""
    if shown is None:
        return {"round": None}
    return {
        "round": shown,
        # The page shows what a stranger may see, whoever looks.
        "page": Paged(queries.shown(Actor(), shown.id, page_number())),
        "own": queries.own(actor, shown.id),
    }


@bp.get("/utproving/runder/<int:round_id>")
@public
def round_page(round_id: int) -> ResponseReturnValue:
    actor = current_actor()
    shown = queries.round_page(actor, round_id)
    return render_template("candidates/round.html", **_about(actor, shown))


@bp.route("/utproving/runder/ny", methods=["GET", "POST"])
def add_round() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, CandidatePermission.ROUND_MANAGE)
    form = RoundForm()
    if form.validate_on_submit():
        with form.accepting():
            made = service.add_round(actor, form.typed, form_key=form.key)
            flash(translate(say("Runden er lagret. Åpne den når den er klar.")), "success")
            return redirect(url_for(".round_page", round_id=made.id))
    return render_template("candidates/edit_round.html", form=form, round=None), form.status


@bp.route("/utproving/runder/<int:round_id>/endre", methods=["GET", "POST"])
def edit_round(round_id: int) -> ResponseReturnValue:
    actor = current_actor()
    stored = queries.round_page(actor, round_id)
    require(actor, CandidatePermission.ROUND_MANAGE)
    form = RoundForm()
    if not form.is_submitted():
        form.fill(stored.as_text, stored.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                service.edit_round(
                    actor, round_id, form.typed, revision=number_in(form.revision) or 0
                )
            except service.Stale:
                return _round_clash(round_id, form)
            flash(translate(say("Endringen er lagret.")), "success")
            return redirect(url_for(".round_page", round_id=round_id))
    return render_template("candidates/edit_round.html", form=form, round=stored), form.status


def _round_clash(round_id: int, form: RoundForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.round_page(current_actor(), round_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    page = render_template("candidates/edit_round.html", form=form, round=stored, clash=stored)
    return page, 409


@bp.route("/utproving/runder/<int:round_id>/flytt/<state>", methods=["GET", "POST"])
def move_round(round_id: int, state: str) -> ResponseReturnValue:
    """A change of state is asked for on a page that says what it means."""
    actor = current_actor()
    stored = queries.round_page(actor, round_id)
    require(actor, CandidatePermission.ROUND_MANAGE)
    to = next((one for one in ROUND_WORDS if one.value == state), None)
    if to is None:
        raise Missing
    form = PilotForm()
    if form.validate_on_submit():
        with form.accepting():
            return _moved(round_id, to)
    page = render_template(
        "candidates/move_round.html", form=form, round=stored, words=ROUND_WORDS[to]
    )
    return page, form.status


def _moved(round_id: int, to: RoundState) -> ResponseReturnValue:
    service.move_round(current_actor(), round_id, to=to)
    flash(translate(ROUND_WORDS[to].done), "success")
    return redirect(url_for(".round_page", round_id=round_id))


@bp.route("/utproving/runder/<int:round_id>/offentliggjor", methods=["GET", "POST"])
def release_round(round_id: int) -> ResponseReturnValue:
    """It cannot be taken back, so it is asked for on a page of its own."""
    actor = current_actor()
    stored = queries.round_page(actor, round_id)
    require(actor, CandidatePermission.ROUND_MANAGE)
    form = PilotForm()
    if form.validate_on_submit():
        with form.accepting():
            service.release_round(actor, round_id)
            flash(translate(RELEASE_WORDS.done), "success")
            return redirect(url_for(".round_page", round_id=round_id))
    page = render_template(
        "candidates/move_round.html", form=form, round=stored, words=RELEASE_WORDS
    )
    return page, form.status
