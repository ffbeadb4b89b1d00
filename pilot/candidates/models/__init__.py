"""Tables of rounds, candidates, partner municipalities and criteria."""

from pilot.candidates.models.criteria import CriteriaSet, CriterionRow, QuickQuestion
from pilot.candidates.models.rounds import (
    Candidate,
    CandidateStep,
    PartnerMunicipality,
    PilotRound,
)

__all__ = [
    "Candidate",
    "CandidateStep",
    "CriteriaSet",
    "CriterionRow",
    "PartnerMunicipality",
    "PilotRound",
    "QuickQuestion",
]
