"""Pages and notices, split by subject."""

from pilot.editorial.routes import notices, pages
from pilot.editorial.routes.base import bp

__all__ = ["bp", "notices", "pages"]
