"""Addresses of rounds, candidates and partner municipalities, split by what is done there."""

from pilot.candidates.routes import candidates, interest, inviting, partners, rounds
from pilot.candidates.routes.base import bp

__all__ = ["bp", "candidates", "interest", "inviting", "partners", "rounds"]
