"""Tables of rounds, candidates, partner municipalities, criteria and answers."""

from pilot.candidates.models.assessments import (
    Answer,
    AnswerVersion,
    Assessment,
    QuickCheckAnswer,
    Section,
    Submission,
    SubmittedAnswer,
)
from pilot.candidates.models.criteria import CriteriaSet, CriterionRow, QuickQuestion
from pilot.candidates.models.panel import NewLook, PanelAnswer, PanelReview
from pilot.candidates.models.rounds import (
    Candidate,
    CandidateStep,
    PartnerMunicipality,
    PilotRound,
)

__all__ = [
    "Answer",
    "AnswerVersion",
    "Assessment",
    "Candidate",
    "CandidateStep",
    "CriteriaSet",
    "CriterionRow",
    "NewLook",
    "PanelAnswer",
    "PanelReview",
    "PartnerMunicipality",
    "PilotRound",
    "QuickCheckAnswer",
    "QuickQuestion",
    "Section",
    "Submission",
    "SubmittedAnswer",
]
