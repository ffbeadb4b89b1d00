"""Who comes, for KS: the list, the ticks, the file."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.core.words import label, say
from pilot.dialogue import queries, service
from pilot.dialogue.forms import numbers_of
from pilot.dialogue.queries import AttendanceRow
from pilot.dialogue.routes.base import bp
from pilot.web.access import current_actor
from pilot.web.exports import csv_file
from pilot.web.i18n import current_locale, format_date, translate
from pilot.web.lists import PAGE_ARG, Paged, page_number

COLUMNS = (
    say("Navn"),
    say("E-post"),
    say("Organisasjon"),
    say("Status"),
    say("Plass i køen"),
    say("Frammøte"),
    say("Påmeldt"),
    say("Påmeldt av"),
    say("Hvordan"),
)


@bp.get("/okter/<int:session_id>/pameldte")
def attendance(session_id: int) -> ResponseReturnValue:
    actor = current_actor()
    session = queries.page(actor, session_id)
    page = Paged(queries.attendance(actor, session_id, page_number()))
    return render_template("dialogue/attendance.html", session=session, page=page)


@bp.post("/okter/<int:session_id>/pameldte")
def tick(session_id: int) -> ResponseReturnValue:
    """The form says what it showed ticked, so that only what was changed is stored."""
    ticked, shown, was = (numbers_of(request.form.getlist(n)) for n in ("came", "shown", "was"))
    came, away = (ticked - was) & shown, (was - ticked) & shown
    service.note_attendance(current_actor(), session_id, came=came, stayed_away=away)
    flash(translate(say("Frammøtet er lagret.")), "success")
    page = request.form.get(PAGE_ARG, default=1, type=int)
    return redirect(url_for(".attendance", session_id=session_id, side=page))


@bp.get("/okter/<int:session_id>/pameldte.csv")
def export(session_id: int) -> ResponseReturnValue:
    actor = current_actor()
    queries.page(actor, session_id)
    columns = [translate(column) for column in COLUMNS]
    rows = queries.all_attendance(actor, session_id)
    return csv_file(f"pameldte-{session_id}", columns, map(_cells, rows))


def _cells(row: AttendanceRow) -> tuple[str, ...]:
    locale = current_locale()
    return (
        row.name,
        row.address,
        row.organisation,
        label("registration", row.state, locale),
        str(row.position or ""),
        label("registration", "attended", locale) if row.attended else "",
        format_date(row.created_at),
        row.registered_by,
        translate(row.behalf.words) if row.behalf else "",
    )
