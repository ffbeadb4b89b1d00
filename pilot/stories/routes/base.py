"""The blueprint that all pages about stories hang on."""

from flask import Blueprint

bp = Blueprint("stories", __name__, url_prefix="/historier")
