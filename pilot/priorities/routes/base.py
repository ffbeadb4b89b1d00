"""The blueprint that the priority list hangs on."""

from flask import Blueprint

bp = Blueprint("priorities", __name__, url_prefix="/prioritering")
