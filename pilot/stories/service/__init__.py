"""Everything that changes a user story.

A command always goes in this order: load for update, ask, refuse, change, record, tell, return.
"""

from pilot.stories.service.handling import delete_draft, move_story, publish_story
from pilot.stories.service.prioritising import prioritise
from pilot.stories.service.solutions import assess_solution, remove_assessment
from pilot.stories.service.steps import TOPIC, Enough, Faulty, Stale
from pilot.stories.service.writing import add_story, edit_story

__all__ = [
    "TOPIC",
    "Enough",
    "Faulty",
    "Stale",
    "add_story",
    "assess_solution",
    "delete_draft",
    "edit_story",
    "move_story",
    "prioritise",
    "publish_story",
    "remove_assessment",
]
