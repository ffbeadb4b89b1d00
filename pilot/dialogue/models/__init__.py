"""Tables of the vendor dialogue."""

from pilot.dialogue.models.answers import DialogueAnswer, DialogueAnswerBatch
from pilot.dialogue.models.questions import (
    DialogueAnswerDraft,
    DialogueAnswering,
    DialogueQuestion,
)
from pilot.dialogue.models.sessions import DialogueRegistration, DialogueSession

__all__ = [
    "DialogueAnswer",
    "DialogueAnswerBatch",
    "DialogueAnswerDraft",
    "DialogueAnswering",
    "DialogueQuestion",
    "DialogueRegistration",
    "DialogueSession",
]
