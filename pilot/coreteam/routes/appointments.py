"""Appointing people, ending appointments, and the person's own word on the name."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pilot.core import clock
from pilot.core.policy import require
from pilot.core.words import say
from pilot.coreteam import queries, service
from pilot.coreteam.forms import AppointForm, EndForm, NameForm
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.routes.base import bp
from pilot.coreteam.rules import SIDE_WORDS
from pilot.web.access import current_actor
from pilot.web.i18n import translate


@bp.route("/plasser/<int:seat_id>/oppnevn", methods=["GET", "POST"])
def appoint(seat_id: int) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, TeamPermission.MANAGE)
    seat = queries.seat(actor, seat_id)
    form = AppointForm()
    if not form.is_submitted():
        form.starts_on.data = clock.today()
    elif form.validate_on_submit():
        with form.accepting():
            return _appointed(seat_id, form)
    page = render_template("coreteam/appoint.html", form=form, seat=seat, words=SIDE_WORDS)
    return page, form.status


def _appointed(seat_id: int, form: AppointForm) -> ResponseReturnValue:
    service.appoint(
        current_actor(),
        seat_id,
        form.email.data or "",
        period=form.period,
        is_deputy=bool(form.is_deputy.data),
        shows_name=bool(form.shows_name.data),
    )
    flash(translate(say("Personen er oppnevnt og har fått e-post.")), "success")
    return redirect(url_for(".seat", seat_id=seat_id))


@bp.route("/oppnevninger/<int:appointment_id>/avslutt", methods=["GET", "POST"])
def end(appointment_id: int) -> ResponseReturnValue:
    actor = current_actor()
    require(actor, TeamPermission.MANAGE)
    seat = queries.seat(actor, queries.stored_appointment(actor, appointment_id).seat_id)
    form = EndForm()
    if not form.is_submitted():
        form.last_day.data = clock.today()
    elif form.validate_on_submit():
        with form.accepting():
            service.end_appointment(actor, appointment_id, last_day=form.day)
            flash(translate(say("Siste dag er lagret.")), "success")
            return redirect(url_for(".seat", seat_id=seat.id))
    row = next(one for one in seat.appointments if one.id == appointment_id)
    return render_template("coreteam/end.html", form=form, seat=seat, row=row), form.status


@bp.post("/oppnevninger/<int:appointment_id>/navn")
def show_name(appointment_id: int) -> ResponseReturnValue:
    form = NameForm()
    shows = form.shows.data == "1"
    appointment = service.show_name(current_actor(), appointment_id, shows=shows)
    done = say("Alle kan lese navnet ditt.") if shows else say("Navnet ditt vises ikke for alle.")
    flash(translate(done), "success")
    return redirect(url_for(".seat", seat_id=appointment.seat_id))
