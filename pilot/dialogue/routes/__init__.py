"""The pages of the vendor dialogue."""

from pilot.dialogue.routes import answering, asking, attendance, managing, pages, registering
from pilot.dialogue.routes.base import bp

__all__ = ["answering", "asking", "attendance", "bp", "managing", "pages", "registering"]
