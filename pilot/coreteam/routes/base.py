"""The blueprint of the core team."""

from flask import Blueprint

bp = Blueprint("coreteam", __name__, url_prefix="/kjerneteam")
