"""What the rooms tell from numbers: one statement for the numbers, one for the rows of charts."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    SelectBase,
    String,
    cast,
    func,
    literal_column,
    select,
    union_all,
)

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.readers import KINDS_MOST, Likeness, ids_of, likeness
from pilot.core.registry import Bars, Counted, Survey, Tally

Told = tuple[Any, ...]
#: For the columns of a chart that it has no use for.
NOUGHTS: tuple[ColumnElement[int], ...] = tuple(
    literal_column("0", Integer).label(name) for name in ("second", "third")
)


def told(actor: Actor, *groups: Iterable[Tally[Any]]) -> tuple[Told, ...]:
    """What the tallies of each group tell the actor: all the groups in one statement."""
    every = tuple(map(tuple, groups))
    wanted, sizes = _numbers(likeness(actor), every)
    if wanted is None:
        return tuple(() for _ in groups)
    values = iter(db.session.execute(wanted, ids_of(actor)).one())
    return tuple(
        tuple(
            thing
            for one, size in zip(group, counts, strict=True)
            if size
            for thing in one.says(actor, tuple(islice(values, size)))
        )
        for group, counts in zip(every, sizes, strict=True)
    )


@lru_cache(maxsize=KINDS_MOST)
def _numbers(
    kind: Likeness, groups: tuple[tuple[Tally[Any], ...], ...]
) -> tuple[Select[Any] | None, tuple[tuple[int, ...], ...]]:
    """The statement for such readers, and how many of the numbers are each tally's."""
    reader = kind.reader()
    asked = [[tuple(one.numbers(reader)) for one in group] for group in groups]
    numbers = [number for group in asked for found in group for number in found]
    sizes = tuple(tuple(map(len, group)) for group in asked)
    return select(*numbers) if numbers else None, sizes


def number_of(column: Any, *where: Any) -> ScalarSelect[int]:
    """How many rows there are, as a number of a tally."""
    return select(func.count(column)).where(*where).scalar_subquery()


def first_of(column: Any, *where: Any) -> ScalarSelect[Any]:
    """The first of them, of a moment or a day."""
    return select(func.min(column)).where(*where).scalar_subquery()


def grouped(code: Any, *where: Any) -> SelectBase:
    """How many rows have each code, as the rows of a chart."""
    named = select(cast(code, String).label("code"), func.count().label("n"), *NOUGHTS)
    return named.where(*where).group_by(code)


def surveyed(actor: Actor, surveys: Iterable[Survey]) -> tuple[tuple[Survey, Bars], ...]:
    """The charts that the actor may see, the rows of all of them in one statement."""
    asked, wanted = _rows(likeness(actor), tuple(surveys))
    if wanted is None:
        return ()
    found: dict[int, list[Counted]] = {n: [] for n in range(len(asked))}
    for chart, *row in db.session.execute(wanted, ids_of(actor)):
        found[chart].append((row[0], row[1], row[2], row[3]))
    return tuple((one, one.says(actor, found[n])) for n, one in enumerate(asked))


@lru_cache(maxsize=KINDS_MOST)
def _rows(
    kind: Likeness, surveys: tuple[Survey, ...]
) -> tuple[tuple[Survey, ...], CompoundSelect[Any] | None]:
    """The charts that are for such readers, and the statement for their rows."""
    reader = kind.reader()
    asked = [(one, rows) for one in surveys if (rows := one.rows(reader)) is not None]
    parts = [
        select(literal_column(str(n)).label("chart"), *rows.subquery().c)
        for n, (_, rows) in enumerate(asked)
    ]
    return tuple(one for one, _ in asked), union_all(*parts) if parts else None
