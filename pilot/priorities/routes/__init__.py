"""Addresses of the priority list, split by who they are for."""

from pilot.priorities.routes import deciding, paper, public_pages, work
from pilot.priorities.routes.base import bp

__all__ = ["bp", "deciding", "paper", "public_pages", "work"]
