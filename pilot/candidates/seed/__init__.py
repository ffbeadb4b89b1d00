"""Invented interest: the demo's, and a large number to measure on."""

from pilot.candidates.seed.demo import demo
from pilot.candidates.seed.large import large

__all__ = ["demo", "large"]
