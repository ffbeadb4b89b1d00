"""KS invites municipalities: chosen, looked at, and then invited."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import InviteForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import Place
from pilot.candidates.routes.base import bp
from pilot.candidates.rules import INVITED_MOST
from pilot.core.policy import require
from pilot.municipalities import queries as register
from pilot.web.access import current_actor
from pilot.web.i18n import plural

NUMBER = re.compile(r"\b[0-9]{4}\b")
COUNTY = re.compile(r"[0-9]{2}")


@bp.route("/utproving/runder/<int:round_id>/inviter", methods=["GET", "POST"])
def invite(round_id: int) -> ResponseReturnValue:
    """With municipalities named in the address the page shows who will be invited; the button
    on that page invites them."""
    actor = current_actor()
    in_round = queries.round_page(actor, round_id)
    require(actor, CandidatePermission.HANDLE)
    form = InviteForm()
    if form.validate_on_submit():
        numbers, counties = _named(form.numbers.data or "", form.counties.data or [])
        with form.accepting():
            count = service.invite(actor, round_id, numbers=numbers, counties=counties)
            done = plural("Én kommune er invitert.", "%(n)s kommuner er invitert.", count)
            flash(done, "success")
            return redirect(url_for(".listed", runde=round_id))
    return _asked(form, in_round), form.status


def _asked(form: InviteForm, in_round: queries.RoundPage) -> str:
    typed, chosen = request.args.get("numbers", ""), request.args.getlist("counties")
    if form.is_submitted():
        typed, chosen = form.numbers.data or "", form.counties.data or []
    numbers, counties = _named(typed, chosen)
    form.numbers.data, form.counties.data = " ".join(numbers), list(counties)
    form.counties.choices = [(one.number, one.name) for one in register.counties()]
    places: tuple[Place, ...] = ()
    if numbers or counties:
        places = queries.places(current_actor(), in_round.id, numbers, counties)
    new = [place for place in places if not place.is_in]
    return render_template(
        "candidates/invite.html",
        form=form,
        round=in_round,
        places=places,
        new=new,
        unknown=_unknown(numbers, places),
        has_asked="numbers" in request.args,
    )


def _named(typed: str, counties: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numbers = tuple(dict.fromkeys(NUMBER.findall(typed)))[:INVITED_MOST]
    return numbers, tuple(code for code in counties if COUNTY.fullmatch(code))


def _unknown(numbers: tuple[str, ...], places: tuple[Place, ...]) -> list[str]:
    return sorted(set(numbers) - {place.number for place in places})
