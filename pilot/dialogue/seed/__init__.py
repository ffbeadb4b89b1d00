"""Sessions of the demo, and many to measure on."""

from pilot.dialogue.seed.demo import demo
from pilot.dialogue.seed.large import large

__all__ = ["demo", "large"]
