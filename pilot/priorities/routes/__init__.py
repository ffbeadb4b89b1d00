"""Addresses of the priority list, split by who they are for."""

from pilot.priorities.routes import deciding, public_pages, work
from pilot.priorities.routes.base import bp

__all__ = ["bp", "deciding", "public_pages", "work"]
