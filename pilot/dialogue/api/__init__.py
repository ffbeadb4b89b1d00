"""Sessions as JSON: read by all, registered for by vendors, set by KS."""

from pilot.dialogue.api.views import bp

__all__ = ["bp"]
