"""Searching every room at once: each says which of its rows hold the words, one statement asks."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, String, cast, func, literal_column, select, union_all

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.registry import Found, Hits, Search

MOST = 5
FEW = 50  # of a kind of which there are few: all of them, as far as anyone reads


def first(
    key: Any,
    title: Any,
    lang: Any = "nb",  # a column, or a code
    *,
    where: Iterable[Any],
    order: Sequence[Any],
    most: int = MOST,
) -> Select[Any]:
    """The first rows in their order, each with its place and how many there are.

    For short tables: every row that holds the words is read whole.
    """
    counted = (
        row(key, title, lang)
        .add_columns(
            func.row_number().over(order_by=order).label("place"),
            func.count().over().label("total"),
        )
        .where(*where)
        .subquery()
    )
    return select(counted).where(counted.c.place <= most)


def row(key: Any, title: Any, lang: Any = "nb") -> Select[Any]:
    """What is read of a row, the same in every room; a code of ours stands in the statement."""
    said = literal_column(f"'{lang}'", String) if isinstance(lang, str) else lang
    return select(cast(key, String).label("key"), title.label("title"), said.label("lang"))


def hits(actor: Actor, searches: Iterable[Search], q: str) -> tuple[Hits, ...]:
    """What each room finds, in the order of the rooms, in one statement; a kind of which there is
    none is left out."""
    every = enumerate(searches)
    asked = [(n, s, rows) for n, s in every if (rows := s.rows(actor, q)) is not None]
    if not asked:
        return ()
    found: dict[int, list[Any]] = {n: [] for n, _, _ in asked}
    for one in db.session.execute(union_all(*(_numbered(n, rows) for n, _, rows in asked))):
        found[one.room].append(one)
    every_kind = (_hits(search, q, found[n]) for n, search, _ in asked)
    return tuple(one for one in every_kind if one.total)


def _numbered(room: int, rows: Select[Any]) -> Select[Any]:
    part = rows.subquery()
    return select(literal_column(str(room)).label("room"), *part.c)


def _hits(search: Search, q: str, rows: list[Any]) -> Hits:
    total = rows[0].total if rows else 0
    read = [Found(one.key, one.title, one.lang) for one in sorted(rows, key=lambda one: one.place)]
    if search.holds is not None:
        read = [one for one in read if search.holds(one, q)]
        total = len(read)
    return Hits(search.kind, tuple(map(search.hit, read)), total, search.all(q))
