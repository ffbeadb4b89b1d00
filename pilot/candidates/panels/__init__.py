"""What rounds and candidates show in others' pages."""

from pilot.candidates.panels.needs import NEEDS, REVIEWS, by_round
from pilot.candidates.panels.shown import (
    FIGURES,
    SEARCH,
    SETTLES,
    STEP,
    SURVEY,
    of_municipality,
    own_standing,
)

__all__ = [
    "FIGURES",
    "NEEDS",
    "REVIEWS",
    "SEARCH",
    "SETTLES",
    "STEP",
    "SURVEY",
    "by_round",
    "of_municipality",
    "own_standing",
]
