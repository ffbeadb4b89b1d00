"""The blueprint that all pages of the vendor dialogue hang on."""

from typing import Any

from flask import Blueprint

from pilot.core import clock

bp = Blueprint("dialogue", __name__, url_prefix="/leverandordialog")


@bp.context_processor
def times() -> dict[str, Any]:
    """The time, which says what may still be done with a session."""
    return {"now": clock.now()}
