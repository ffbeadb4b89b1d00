"""KS invites municipalities: chosen, looked at, and then invited."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.candidates import queries, service
from pilot.candidates.forms import InviteForm
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries import Place, Reach
from pilot.candidates.routes.base import bp
from pilot.candidates.rules import INVITED_MOST
from pilot.core.policy import require
from pilot.municipalities import queries as register
from pilot.web.access import current_actor
from pilot.web.i18n import plural

BETWEEN = re.compile(r"[,;\n]+|(?<=[0-9])\s+")  # names have spaces in them, numbers between them
NUMBER = re.compile(r"[0-9]{4}")
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
        numbers, _ = _named(form.numbers.data or "")
        counties = _counties(form.counties.data or [])
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
    (numbers, unknown), counties = _named(typed), _counties(chosen)
    form.numbers.data, form.counties.data = typed, list(counties)
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
        reached=sum(place.reach is Reach.PEOPLE for place in new),
        numbers=numbers,
        unknown=unknown + sorted(set(numbers) - {place.number for place in places}),
        namesakes=[one for several in register.called_so(unknown).values() for one in several],
        has_asked="numbers" in request.args,
    )


def _named(typed: str) -> tuple[tuple[str, ...], list[str]]:
    """The numbers of the municipalities that were named or numbered, and the names not known."""
    said = [word for word in (" ".join(part.split()) for part in BETWEEN.split(typed)) if word]
    said = said[:INVITED_MOST]
    known = register.numbers_of([word for word in said if not NUMBER.fullmatch(word)])
    numbers = [known.get(word, word) for word in said if word in known or NUMBER.fullmatch(word)]
    unknown = [word for word in said if word not in known and not NUMBER.fullmatch(word)]
    return tuple(dict.fromkeys(numbers)), unknown


def _counties(chosen: list[str]) -> tuple[str, ...]:
    return tuple(code for code in chosen if COUNTY.fullmatch(code))
