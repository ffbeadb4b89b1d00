"""What a search of the whole site finds among stories."""

from typing import Any

from sqlalchemy import Select, func

from pilot.core.finding import findable
from pilot.core.policy import Actor
from pilot.stories.models import Story
from pilot.stories.queries.lists import ORDERS, StoryFilter, matches
from pilot.stories.queries.search import finds_anything


def hits(actor: Actor, q: str, most: int) -> Select[Any] | None:
    """What a search of the whole site finds, as a list finds it."""
    if not finds_anything(q):
        return None
    order = ORDERS["nyest"]
    page = matches(actor, StoryFilter(q=q), order, 1, most)
    place = func.row_number().over(order_by=(page.c.misses, *order)).label("place")
    rows = findable(Story.id, Story.title, Story.language).add_columns(place, page.c.total)
    return rows.join(page, page.c.id == Story.id)
