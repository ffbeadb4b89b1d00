"""Making, changing and closing seats."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.behalf import Behalf
from pilot.core.policy import require
from pilot.core.words import say
from pilot.coreteam import queries, service
from pilot.coreteam.forms import BehalfSeatForm, SeatForm
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.routes.base import bp
from pilot.coreteam.rules import SIDE_WORDS, Side
from pilot.decisions.queries import organisation_names
from pilot.web.access import current_actor
from pilot.web.forms import number_in
from pilot.web.i18n import translate

BEHALF = "for"  # in the address: KS enters what an organisation has told


@bp.route("/plasser/ny", methods=["GET", "POST"])
def add_seat() -> ResponseReturnValue:
    require(current_actor(), TeamPermission.MANAGE)
    form = _form(on_behalf=BEHALF in request.args)
    if form.validate_on_submit():
        with form.accepting():
            return _added(form)
    return _drawn("coreteam/add_seat.html", form), form.status


def _added(form: SeatForm) -> ResponseReturnValue:
    text = form.seat(queries.organisation_named(form.organisation.data or ""))
    told = _told(form)
    seat = service.add_seat(current_actor(), text, behalf=told, form_key=form.key)
    words = say("Plassen er lagret. Organisasjonen har fått en kvittering på e-post.")
    flash(translate(words if told else say("Plassen er lagret.")), "success")
    return redirect(url_for(".seat", seat_id=seat.id))


def _told(form: SeatForm) -> Behalf | None:
    return form.behalf if isinstance(form, BehalfSeatForm) else None


@bp.route("/plasser/<int:seat_id>/endre", methods=["GET", "POST"])
def edit_seat(seat_id: int) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, TeamPermission.MANAGE)
    seat = queries.seat(actor, seat_id)
    form = _form()
    if not form.is_submitted():
        form.fill(seat.text, seat.organisation, seat.revision)
    elif form.validate_on_submit():
        with form.accepting():
            try:
                return _changed(seat_id, form)
            except service.Stale:
                return _clash(seat_id, form)
    return _drawn("coreteam/edit_seat.html", form, seat=seat), form.status


def _changed(seat_id: int, form: SeatForm) -> ResponseReturnValue:
    text = form.seat(queries.organisation_named(form.organisation.data or ""))
    revision = number_in(form.revision) or 0
    service.edit_seat(current_actor(), seat_id, text, revision=revision)
    flash(translate(say("Plassen er lagret.")), "success")
    return redirect(url_for(".seat", seat_id=seat_id))


def _clash(seat_id: int, form: SeatForm) -> ResponseReturnValue:
    """Both texts, the stored one and the one typed; to save now is to have seen the other."""
    stored = queries.seat(current_actor(), seat_id)
    form.revision.raw_data = None
    form.revision.data = str(stored.revision)
    return _drawn("coreteam/edit_seat.html", form, seat=stored, clash=True), 409


@bp.post("/plasser/<int:seat_id>/legg-ned")
def close_seat(seat_id: int) -> ResponseReturnValue:
    service.close_seat(current_actor(), seat_id)
    flash(translate(say("Plassen er lagt ned.")), "success")
    return redirect(url_for(".index"))


def _form(*, on_behalf: bool = False) -> SeatForm:
    form = BehalfSeatForm() if on_behalf else SeatForm()
    if isinstance(form, BehalfSeatForm):
        form.offer_channels()
    form.side.choices = [(side.value, translate(SIDE_WORDS[side])) for side in Side]
    return form


def _drawn(template: str, form: SeatForm, **shown: object) -> str:
    names = organisation_names()
    return render_template(template, form=form, organisations=names, words=SIDE_WORDS, **shown)
