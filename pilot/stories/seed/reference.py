"""What a new register means for the stories that are there."""

from pilot.core.unit import unit_of_work
from pilot.stories.service.words import index_renamed


def reference(_password_hash: str) -> int:
    """A municipality that has a new name is found by it; no story is added."""
    with unit_of_work():
        index_renamed()
    return 0
