"""The blueprint that pages and notices hang on."""

from flask import Blueprint, request

from pilot.core.words import LOCALES, Locale
from pilot.web.i18n import current_locale

bp = Blueprint("editorial", __name__)
LANGUAGE_ARG = "sprak"


def asked_locale() -> Locale:
    """The language that the address asks for, else the reader's own: leads look at all three."""
    asked = request.args.get(LANGUAGE_ARG)
    return next((one for one in LOCALES if one == asked), current_locale())
