"""Pages about the site itself: privacy, accessibility, sources, and the demo."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from pilot.core.errors import Missing
from pilot.core.facts import holds_demo_data
from pilot.overview.routes.base import bp, registry
from pilot.web.access import public


@bp.get("/personvern")
@public
def privacy() -> ResponseReturnValue:
    return render_template("overview/privacy.html", kept=registry().retention)


@bp.get("/tilgjengelighet")
@public
def accessibility() -> ResponseReturnValue:
    return render_template(
        "overview/accessibility.html", statement=current_app.config["ACCESSIBILITY_STATEMENT_URL"]
    )


@bp.get("/kilder")
@public
def sources() -> ResponseReturnValue:
    return render_template("overview/sources.html")


@bp.get("/om-demoen")
@public
def about_demo() -> ResponseReturnValue:
    """Only where there is a demo to tell of."""
    if not holds_demo_data():
        raise Missing
    return render_template("overview/about_demo.html")
