"""What the rooms tell from numbers, as the overview asks for it."""

from typing import Any

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import STANDINGS, Standing, Tally
from pilot.core.tallies import told


def told_to(actor: Actor, *tallies: Tally[Any]) -> list[Any]:
    """What some tallies tell someone: needs, figures or steps."""
    (found,) = told(actor, tallies)
    return list(found)


def standing(condition: str) -> Standing:
    """How far a condition has come, as the room whose data settle it says."""
    settles = STANDINGS[condition]
    return settles.says(db.session.scalar(select(settles.number())))
