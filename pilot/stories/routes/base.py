"""The blueprint that all pages about stories hang on."""

from flask import Blueprint, request

from pilot.stories import queries
from pilot.stories.rules import Queue
from pilot.web.access import current_actor

bp = Blueprint("stories", __name__, url_prefix="/historier")


def upcoming_after(story_id: int) -> queries.Upcoming | None:
    """The next story to handle, where the address says from which queue one was just handled."""
    asked = request.args.get("neste", "")
    queue = next((queue for queue in Queue if queue.value == asked), None)
    return queries.upcoming(current_actor(), queue, after=story_id) if queue else None
