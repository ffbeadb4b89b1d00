"""The blueprint of the register and the conditions."""

from flask import Blueprint

bp = Blueprint("decisions", __name__)
