"""Pages for user stories, split by what one comes to do."""

from pilot.stories.routes import handling, lists, pages, solutions, supports, writing
from pilot.stories.routes.base import bp

__all__ = ["bp", "handling", "lists", "pages", "solutions", "supports", "writing"]
