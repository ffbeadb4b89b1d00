"""Everything that changes the priority list."""

from pilot.priorities.service.deciding import (
    put_before_group,
    release_list,
    take_back,
    treat_list,
)
from pilot.priorities.service.ordering import (
    add_story,
    move_story,
    remove_story,
    start_list,
    write_note,
)
from pilot.priorities.service.steps import Stale

__all__ = [
    "Stale",
    "add_story",
    "move_story",
    "put_before_group",
    "release_list",
    "remove_story",
    "start_list",
    "take_back",
    "treat_list",
    "write_note",
]
