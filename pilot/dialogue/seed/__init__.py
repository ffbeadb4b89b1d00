"""Sessions, questions and answers of the demo, and many to measure on."""

from pilot.dialogue.seed.demo import demo
from pilot.dialogue.seed.large import large
from pilot.dialogue.seed.questions import demo_questions, large_questions

__all__ = ["demo", "demo_questions", "large", "large_questions"]
