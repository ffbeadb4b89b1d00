"""Decisions, conditions, the core team, pilots and recommendations."""

import re
from collections.abc import Callable
from typing import Any

from tests.access.conftest import Crowd
from tests.access.rooms import Row
from tests.support import coreteam, decisions, pilots, recommendations
from tests.support.people import Stranger
from tests.support.world import World

SLICES: tuple[Any, ...] = (decisions, coreteam, pilots, recommendations)
PREFIXES = tuple(prefix for one in SLICES for prefix in one.PREFIXES)
FIELDS: dict[str, dict[str, Any]] = {}
for one in SLICES:
    FIELDS |= one.FIELDS


def values(_world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    """What the slice's test builder says, made once for the row."""
    room = next(one for one in SLICES if row.rule.startswith(one.PREFIXES))
    found = room.values(crowd, row.rule, row.subject)
    names = re.findall(r"<([^>]+)>", row.rule)
    return {name: found[name.split(":")[-1]].__str__ for name in names}


def fields(
    _world: World, _crowd: Crowd, _row: Row, _person: Stranger, _path: str
) -> dict[str, Any]:
    return {}
