"""Invented stories: the demo's, and a large number to measure on."""

from pilot.stories.seed import support
from pilot.stories.seed.demo import demo
from pilot.stories.seed.large import large
from pilot.stories.seed.reference import reference

__all__ = ["demo", "large", "reference", "support"]
