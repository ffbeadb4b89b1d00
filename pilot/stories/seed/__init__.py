"""Invented stories: the demo's, and a large number to measure on."""

from pilot.stories.seed.demo import demo
from pilot.stories.seed.large import large

__all__ = ["demo", "large"]
