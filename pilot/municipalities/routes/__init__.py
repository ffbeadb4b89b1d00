"""URLs of the register."""

from pilot.municipalities.routes.pages import bp

__all__ = ["bp"]
