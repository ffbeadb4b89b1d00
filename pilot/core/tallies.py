"""What needs someone now, as far as a few numbers say it: one statement for all rooms together."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import Need, Tally


def needs_of(actor: Actor, tallies: Iterable[Tally]) -> Iterator[Need]:
    """The needs of all tallies that concern the actor."""
    asked = [(tally, tally.numbers(actor)) for tally in tallies]
    numbers = [number for _, found in asked for number in found]
    values = list(db.session.execute(select(*numbers)).one()) if numbers else []
    for tally, found in asked:
        if found:
            own, values = values[: len(found)], values[len(found) :]
            yield from tally.needs(own)
