"""Pages over several rooms, split by who they are for."""

from pilot.overview.routes import about, charts, inside, places, public_pages, reports
from pilot.overview.routes.base import bp

__all__ = ["about", "bp", "charts", "inside", "places", "public_pages", "reports"]
