"""The criteria that the site ships, and invented interest: the demo's, and much to measure on."""

from pilot.candidates.seed.demo import demo
from pilot.candidates.seed.large import large
from pilot.candidates.seed.reference import criteria

__all__ = ["criteria", "demo", "large"]
