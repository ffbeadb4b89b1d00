"""What people read: sessions, one's own registrations, questions and answers."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pilot.dialogue import queries
from pilot.dialogue.routes.base import bp
from pilot.web.access import current_actor, public
from pilot.web.lists import Paged, page_number

PAST = "tidligere"


@bp.get("")
@public
def index() -> ResponseReturnValue:
    is_past = request.args.get("vis") == PAST
    page = Paged(queries.listed(current_actor(), past=is_past, page=page_number()))
    return render_template("dialogue/index.html", page=page, is_past=is_past)


@bp.get("/okter/<int:session_id>")
@public
def show(session_id: int) -> ResponseReturnValue:
    session = queries.page(current_actor(), session_id)
    return render_template("dialogue/show.html", session=session)


@bp.get("/mine")
def mine() -> ResponseReturnValue:
    """One's own registrations, and those of the vendor one acts for."""
    page = Paged(queries.my_registrations(current_actor(), page_number()))
    return render_template("dialogue/mine.html", page=page)


@bp.get("/sporsmal-og-svar")
@public
def answers() -> ResponseReturnValue:
    page = Paged(queries.published(current_actor(), page_number()))
    return render_template("dialogue/answers.html", page=page)


@bp.get("/sporsmal-og-svar/<int:batch_id>")
@public
def batch(batch_id: int) -> ResponseReturnValue:
    """What was published at one moment; mail and search lead here."""
    return render_template("dialogue/batch.html", pairs=queries.batch(current_actor(), batch_id))
