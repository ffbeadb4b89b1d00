"""Everything that changes a user story.

A command always goes in this order: load for update, ask, refuse, change, record, tell, return.
"""

from pilot.stories.service.handling import delete_draft, move_story, publish_story
from pilot.stories.service.prioritising import prioritise
from pilot.stories.service.solutions import assess_solution, remove_assessment
from pilot.stories.service.steps import TOPIC, Enough, Faulty, Stale
from pilot.stories.service.supporting import (
    Registered,
    give_support,
    register_support,
    resume_support,
    withdraw_support,
    withdraw_support_for,
)
from pilot.stories.service.writing import add_story, edit_story

__all__ = [
    "TOPIC",
    "Enough",
    "Faulty",
    "Registered",
    "Stale",
    "add_story",
    "assess_solution",
    "delete_draft",
    "edit_story",
    "give_support",
    "move_story",
    "prioritise",
    "publish_story",
    "register_support",
    "remove_assessment",
    "resume_support",
    "withdraw_support",
    "withdraw_support_for",
]
