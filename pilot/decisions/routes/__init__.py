"""Pages of the register and of the conditions."""

from pilot.decisions.routes import conditions, lists, pages, writing
from pilot.decisions.routes.base import bp

__all__ = ["bp", "conditions", "lists", "pages", "writing"]
