"""Addresses of rounds, candidates and partner municipalities, split by what is done there."""

from pilot.candidates.routes import candidates, criteria, interest, inviting, partners, rounds
from pilot.candidates.routes.base import bp

__all__ = ["bp", "candidates", "criteria", "interest", "inviting", "partners", "rounds"]
