"""User stories as JSON: the same list, the same writing and the same handling as on the pages."""

from pilot.stories.api.views import bp

__all__ = ["bp"]
