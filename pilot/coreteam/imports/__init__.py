"""What KS can import of the core team."""

from pilot.coreteam.imports.seats import SEATS

__all__ = ["SEATS"]
