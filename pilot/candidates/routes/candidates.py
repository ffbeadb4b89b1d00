"""KS' list of candidates, and a candidate's page."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import MoveForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import CandidateFilter, Facets, RoundPage
from pilot.candidates.routes.base import bp
from pilot.candidates.rules import MOVE_GONE, MOVES, OUTCOMES, CandidateState
from pilot.candidates.rules.assessing import QUICK_WORDS
from pilot.core.db import ID_MOST
from pilot.core.errors import Conflict, Missing
from pilot.core.policy import Actor, require
from pilot.core.words import Message, label, say
from pilot.web.access import current_actor
from pilot.web.i18n import current_locale, translate
from pilot.web.lists import Group, Option, Paged, chips_of, here_without, page_number

NEW_ARG, NEW = "nye", "1"
CONTACT_ARG, MISSING = "kontakt", "mangler"


@bp.get("/utproving/kandidater")
def listed() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, CandidatePermission.HANDLE)
    rounds = queries.rounds(actor)
    shown = _chosen_round(actor, rounds)
    if shown is None:
        return render_template("candidates/list.html", round=None, rounds=rounds)
    wanted = CandidateFilter(
        round_id=shown.id,
        states=tuple(request.args.getlist("tilstand")),
        counties=tuple(request.args.getlist("fylke")),
        only_new=request.args.get(NEW_ARG) == NEW,
        only_unreached=request.args.get(CONTACT_ARG) == MISSING,
        page=page_number(),
    )
    facets = queries.facets(actor, shown.id)
    groups = _groups(facets, wanted)
    return render_template(
        "candidates/list.html",
        round=shown,
        rounds=rounds,
        page=Paged(queries.listed(actor, wanted)),
        groups=groups,
        chosen=_chips(groups, wanted),
        facets=facets,
    )


def _chosen_round(actor: Actor, rounds: tuple[RoundPage, ...]) -> RoundPage | None:
    asked = request.args.get("runde", type=int)
    if asked is not None:
        found = next((one for one in rounds if one.id == min(asked, ID_MOST)), None)
        if found is None:
            raise Missing
        return found
    return queries.current(actor) or next(iter(rounds), None)


def _groups(facets: Facets, wanted: CandidateFilter) -> tuple[Group, ...]:
    states = [(s.value, label("candidate", s, current_locale())) for s in CandidateState]
    counties = [*facets.county_names.items()]
    return (
        _group("tilstand", say("Status"), states, facets.states, wanted.states),
        _group("fylke", say("Fylke"), counties, facets.counties, wanted.counties),
    )


def _group(
    name: str,
    legend: Message,
    choices: Iterable[tuple[str, str]],
    counts: dict[str, int],
    chosen: tuple[str, ...],
) -> Group:
    options = (Option(key, words, counts.get(key, 0), key in chosen) for key, words in choices)
    return Group(name, translate(legend), tuple(o for o in options if o.count or o.is_chosen))


def _chips(groups: tuple[Group, ...], wanted: CandidateFilter) -> list[tuple[str, str]]:
    found = chips_of(groups)
    if wanted.only_new:
        found.append((translate(say("Ikke lest")), here_without(NEW_ARG, NEW)))
    if wanted.only_unreached:
        found.append((translate(say("Ingen kontaktperson")), here_without(CONTACT_ARG, MISSING)))
    return found


# --- one candidate ---------------------------------------------------------------------------


@bp.get("/utproving/runder/<int:round_id>/kandidater/<number>")
def show(round_id: int, number: str) -> ResponseReturnValue:
    found = queries.page(current_actor(), round_id, number)
    return render_template(
        "candidates/show.html",
        candidate=found,
        quick=queries.quick_page(found) if found.has_written else None,
        quick_words=QUICK_WORDS,
        panel_is_final=any(step.verb == service.FINISHED for step in found.steps),
        locale=current_locale(),
    )


@bp.route(
    "/utproving/runder/<int:round_id>/kandidater/<number>/flytt/<state>", methods=["GET", "POST"]
)
def move(round_id: int, number: str, state: str) -> ResponseReturnValue:
    """A change of state, on a page that says who gets to know of it and when."""
    actor = current_actor()
    found = queries.page(actor, round_id, number)
    require(actor, CandidatePermission.HANDLE)
    to = next((one for one in MOVES if one.value == state), None)
    if to is None:
        raise Missing
    form = MoveForm()
    if not form.is_submitted():
        if to not in found.moves:  # no page asks for what it would have to refuse
            raise Conflict(MOVE_GONE)
        form.seen.data = found.row.state.value
    elif form.validate_on_submit():
        with form.accepting():
            _move(found.row.id, to, form)
            return redirect(url_for(".show", round_id=round_id, number=number))
    is_outcome = to in OUTCOMES
    page = render_template(
        "candidates/move.html", form=form, candidate=found, to=to, is_outcome=is_outcome
    )
    return page, form.status


def _move(candidate_id: int, to: CandidateState, form: MoveForm) -> None:
    typed = form.seen.data or ""
    service.move_candidate(
        current_actor(),
        candidate_id,
        to=to,
        reason=form.reason.data or "",
        public_reason=form.public_reason.data or "",
        seen=next((one for one in CandidateState if one.value == typed), None),
    )
    flash(translate(say("Statusen er endret.")), "success")


@bp.post("/utproving/runder/<int:round_id>/kandidater/<number>/lest")
def mark_read(round_id: int, number: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.page(actor, round_id, number)
    service.mark_read(actor, found.row.id)
    flash(translate(say("Merket som lest.")), "success")
    return redirect(url_for(".listed", runde=round_id, nye="1"))
