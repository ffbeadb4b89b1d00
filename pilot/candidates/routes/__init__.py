"""Addresses of rounds, candidates and partner municipalities, split by what is done there."""

from pilot.candidates.routes import (
    assessing,
    candidates,
    criteria,
    interest,
    inviting,
    looks,
    panel,
    partners,
    quick,
    receipts,
    rounds,
)
from pilot.candidates.routes.base import bp

__all__ = [
    "assessing",
    "bp",
    "candidates",
    "criteria",
    "interest",
    "inviting",
    "looks",
    "panel",
    "partners",
    "quick",
    "receipts",
    "rounds",
]
