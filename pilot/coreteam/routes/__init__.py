"""Pages of the core team."""

from pilot.coreteam.routes import appointments, seats, team
from pilot.coreteam.routes.base import bp

__all__ = ["appointments", "bp", "seats", "team"]
