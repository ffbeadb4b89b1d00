"""Pages about the site itself: privacy, accessibility, sources, and the demo."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from pilot.core.errors import Missing
from pilot.core.facts import holds_demo_data
from pilot.editorial import queries as editorial
from pilot.overview.routes.base import bp, registry
from pilot.web.access import current_actor, public
from pilot.web.i18n import current_locale


@bp.get("/personvern")
@public
def privacy() -> ResponseReturnValue:
    return render_template("overview/privacy.html", rows=registry().retention)


@bp.get("/tilgjengelighet")
@public
def accessibility() -> ResponseReturnValue:
    return render_template(
        "overview/accessibility.html", statement=current_app.config["ACCESSIBILITY_STATEMENT_URL"]
    )


@bp.get("/kilder")
@public
def sources() -> ResponseReturnValue:
    """What leads write about the sources, and the table of them."""
    text = editorial.published_text(current_actor(), "kilder", current_locale())
    return render_template("overview/sources.html", page=text)


@bp.get("/om-demoen")
@public
def about_demo() -> ResponseReturnValue:
    """Only where there is a demo to tell of."""
    if not holds_demo_data():
        raise Missing
    return render_template("overview/about_demo.html")
