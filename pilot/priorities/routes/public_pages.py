"""What is released: the newest list, the earlier ones, and how they differ."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.priorities import queries
from pilot.priorities.queries import VersionItem, VersionPage
from pilot.priorities.routes.base import bp
from pilot.web.access import current_actor, public
from pilot.web.lists import Paged, page_number


@bp.get("")
@public
def index() -> ResponseReturnValue:
    newest = queries.newest()
    shown = queries.version(newest) if newest else None
    return render_template(
        "priorities/index.html",
        shown=shown,
        page=_page(shown) if shown else None,
        heads=queries.heads() if shown else (),
        work=queries.list_in_work(current_actor()),
    )


@bp.get("/<int:number>")
@public
def version(number: int) -> ResponseReturnValue:
    against = request.args.get("mot", type=int)
    shown = queries.version(number, against)
    return render_template(
        "priorities/version.html", shown=shown, page=_page(shown), heads=queries.heads()
    )


def _page(shown: VersionPage) -> Paged[VersionItem]:
    total = len(shown.items)
    number = within(page_number(), total)
    begin = (number - 1) * PAGE_SIZE
    return Paged(Page(shown.items[begin : begin + PAGE_SIZE], number, total))
