"""The blueprint that rounds, candidates and partner municipalities hang on."""

from flask import Blueprint

bp = Blueprint("candidates", __name__)
