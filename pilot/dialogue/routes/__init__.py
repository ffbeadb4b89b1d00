"""The pages of the vendor dialogue."""

from pilot.dialogue.routes import attendance, managing, pages, registering
from pilot.dialogue.routes.base import bp

__all__ = ["attendance", "bp", "managing", "pages", "registering"]
