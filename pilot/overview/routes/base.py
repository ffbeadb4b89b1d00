"""The blueprint that the pages over several rooms hang on."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
