"""The operations on sessions."""

from flask import Response, url_for

from pilot.core.errors import Conflict, Missing, Rejected
from pilot.core.words import say
from pilot.dialogue import queries, service
from pilot.dialogue.api.answers import (
    RegistrationAnswer,
    SessionAnswer,
    SessionsAnswer,
    pages,
    registration_json,
    session_json,
)
from pilot.dialogue.api.bodies import NothingBody, SessionBody, Written
from pilot.dialogue.queries import OwnPlace
from pilot.dialogue.service import Who
from pilot.web.access import current_actor, public
from pilot.web.api import PREFIX, Endpoints, Json, Stretch, Window, WindowArgs, done, listed
from pilot.web.i18n import current_locale

NUMBER: Json = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
BY_ID: list[Json] = [{"name": "session_id", "in": "path", "required": True, "schema": NUMBER}]
bp = Endpoints("sessions-api", __name__, url_prefix=f"{PREFIX}/sessions")


@bp.operation("GET", "", SessionsAnswer, takes=WindowArgs)
@public
def index(window: Window) -> Json:
    """The sessions that the caller may see, by number; a guest sees those that are published."""
    actor = current_actor()
    rows = queries.records(actor, after=window.after, most=window.limit + 1)
    stretch = Stretch.cut(rows, window, queries.count(actor), lambda row: row.id)
    site = pages()
    return listed(stretch, [session_json(row, site) for row in stretch.rows])


@bp.operation("GET", "/<int:session_id>", SessionAnswer, parameters=BY_ID)
@public
def show(session_id: int) -> Json:
    """A session. How many come is told to KS alone; `registration` is the caller's own."""
    return session_json(queries.record(current_actor(), session_id), pages())


@bp.operation("POST", "", SessionAnswer, status=201, takes=SessionBody)
def add(written: Written) -> Response:
    """Set a plenary session, as a draft or published at once; for KS.

    Registration is open until it starts, unless `registers_until` says otherwise, and a vendor
    may register as many as there are places, unless `quota` does. A time without an offset is by
    the clock in Norway. It must end after it begins, and begin within five years.
    """
    actor = current_actor()

    def write() -> tuple[int, Json]:
        session = service.add_session(actor, written.text, publish=written.publish)
        return 201, session_json(queries.record(actor, session.id), pages())

    answer = done(write)
    answer.headers["Location"] = url_for(".show", session_id=answer.get_json()["id"])
    return answer


@bp.operation(
    "POST",
    "/<int:session_id>/registrations",
    RegistrationAnswer,
    status=201,
    takes=NothingBody,
    parameters=BY_ID,
)
def register(_nothing: Json, session_id: int) -> Response:
    """Register the caller for the organisation that the token acts for; the body is empty.

    `confirmed`, or `waitlisted` with a `position` when the session is full. Refused with 409 when
    registration is closed, or the caller is registered already.
    """
    actor = current_actor()

    def write() -> tuple[int, Json]:
        try:
            made = service.register(actor, session_id, Who(locale=current_locale()))
        except Rejected as refusal:  # the request is as it should be; it is the session that is not
            raise Conflict(refusal.message) from refusal
        return 201, registration_json(queries.own_place(actor, made.id))

    return done(write)


@bp.operation(
    "DELETE", "/<int:session_id>/registrations/mine", RegistrationAnswer, parameters=BY_ID
)
def leave(session_id: int) -> Response:
    """Give up the caller's own place, or place in line; the next in line gets it at once."""
    actor = current_actor()

    def write() -> tuple[int, Json]:
        place = _mine(session_id)
        left = service.cancel_registration(actor, place.id)
        gone = {"id": left.id, "state": left.state.value, "position": None, "name": left.name}
        return 200, gone

    return done(write)


def _mine(session_id: int) -> OwnPlace:
    place = queries.page(current_actor(), session_id).mine
    if place is None:
        raise Missing(say("Du er ikke påmeldt dette møtet."))
    return place
