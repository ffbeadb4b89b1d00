"""The list of municipalities, its file, and the hospital trusts; all open to everyone."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pilot.municipalities import queries
from pilot.municipalities.routes import filters
from pilot.municipalities.routes.export import as_file
from pilot.municipalities.rules import (
    CENTRALITY_CLASSES,
    CENTRALITY_YEAR,
    LANGUAGE_FORMS,
    POPULATION_YEAR,
    SORTS,
    class_words,
)
from pilot.web.access import public
from pilot.web.i18n import translate
from pilot.web.lists import Paged, chips_of, here_with, page_number

bp = Blueprint("municipalities", __name__)

#: Years that the source lines under the tables name.
YEARS = {"population": POPULATION_YEAR, "centrality": CENTRALITY_YEAR}


@bp.get("/kommuner")
@public
def index() -> ResponseReturnValue:
    wanted = filters.wanted_here()
    groups = filters.groups(queries.counties())
    return render_template(
        "municipalities/index.html",
        page=Paged(queries.page(wanted, page_number())),
        wanted=wanted,
        groups=groups,
        chips=chips_of(groups),
        sorts={sort.value: translate(words) for sort, words in SORTS.items()},
        sort_url=lambda sort: here_with(sorter=sort, side=""),
        forms={form: translate(words) for form, words in LANGUAGE_FORMS.items()},
        classes={n: translate(class_words(n)) for n in CENTRALITY_CLASSES},
        place_url=_place_url(),
        file_url=_file_url(),
        years=YEARS,
    )


@bp.get("/kommuner.csv")
@public
def export() -> ResponseReturnValue:
    return as_file(queries.export(filters.wanted_here()))


@bp.get("/helseforetak")
@public
def trusts() -> ResponseReturnValue:
    return render_template("municipalities/trusts.html", trusts=queries.trusts(), years=YEARS)


@bp.get("/helseforetak/<key>")
@public
def trust(key: str) -> ResponseReturnValue:
    return render_template(
        "municipalities/trust.html",
        trust=queries.trust(key),
        place_url=_place_url(),
        years=YEARS,
    )


def _file_url() -> str:
    """The file with the same filters as the list has now."""
    asked = urlencode(request.args.to_dict(flat=False), doseq=True)
    return url_for(".export") + (f"?{asked}" if asked else "")


def _place_url() -> str:
    """The address of a municipality's page without its number: built once, not once per row."""
    return url_for("overview.municipality", number="0000").removesuffix("0000")
