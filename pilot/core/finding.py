"""Searching every room at once.

Most tables are short, and are read whole: each room says which of its rows the reader may see, and
in what line of text the words are looked for. That is one statement, made once for all who read
alike, with the words as parameters. Rooms with long tables, and those that know a thing by its
number, ask for themselves in another.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.readers import KINDS_MOST, Likeness, ids_of, likeness
from pilot.core.registry import Found, Hits, Search
from pilot.core.search import TERMS_MOST, Term, plain, terms, whole_terms

MOST = 5
FEW = 50  # of a kind of which there are few: all of them, as far as anyone reads


# --- what a room says --------------------------------------------------------------------------


def findable(key: Any, title: Any, lang: Any = "nb") -> Select[Any]:
    """What is read of a row, the same in every room; a code of ours stands in the statement."""
    said = literal_column(f"'{lang}'", String) if isinstance(lang, str) else lang
    return select(cast(key, String).label("key"), title.label("title"), said.label("lang"))


def lines(found: Select[Any], line: Any, *, order: Sequence[Any], begins: bool) -> Select[Any]:
    """Rows whose line of text holds every word: words that begin so (`search.line_of`), or text
    that holds them (a sort key); without a line the room looks through the rows itself."""
    numbered = found.add_columns(func.row_number().over(order_by=order).label("place"))
    return numbered if line is None else numbered.where(_held(cast(line, String), begins))


def first(found: Select[Any], *, order: Sequence[Any], most: int = MOST) -> Select[Any]:
    """Rows that a room has found itself: the first of them, and how many there are."""
    place = func.row_number().over(order_by=order).label("place")
    counted = found.add_columns(place, func.count().over().label("total")).subquery()
    return select(counted).where(counted.c.place <= most)


# --- asking them all ---------------------------------------------------------------------------


def hits(actor: Actor, searches: Iterable[Search], q: str, locale: str) -> tuple[Hits, ...]:
    """What each room finds, in the order of the rooms; but for those with none."""
    every = tuple(searches)
    asked = [one.asks(actor, q) if one.asks else None for one in every]
    found: list[list[Any]] = [[] for _ in every]
    parts = [_numbered(n, part) for n, part in enumerate(asked) if part is not None]
    for one in db.session.execute(union_all(*parts)) if parts else ():
        found[one.room].append(one)
    for one in _looked_through(actor, every, q, locale):
        if asked[one.room] is None:
            found[one.room].append(one)
    kinds = (_hits(search, q, rows) for search, rows in zip(every, found, strict=True))
    return tuple(kind for kind in kinds if kind.total)


def _numbered(room: int, rows: Select[Any]) -> Select[Any]:
    part = rows.subquery()
    return select(literal_column(str(room)).label("room"), *part.c)


def _hits(search: Search, q: str, rows: list[Any]) -> Hits:
    total = rows[0].total if rows else 0
    read = [Found(one.key, one.title, one.lang) for one in sorted(rows, key=lambda one: one.place)]
    if search.holds is not None:
        read = [one for one in read if search.holds(one, q)]
        total = len(read)
    return Hits(search.kind, tuple(map(search.hit, read[: search.most])), total, search.all(q))


def _looked_through(actor: Actor, searches: tuple[Search, ...], q: str, locale: str) -> Any:
    """The rows of the short tables that hold every word."""
    stems, words = terms(q), whole_terms(q)
    wanted = _short_tables(likeness(actor), searches, locale)
    if not stems or wanted is None:
        return ()
    patterns = {**_patterns("stem", " ", stems), **_patterns("word", "", words)}
    return db.session.execute(wanted, patterns | ids_of(actor))


def _patterns(name: str, before: str, asked: tuple[Term, ...]) -> dict[str, str]:
    """The words as parameters; a place that is not used lets everything through."""
    keys = [(term.key, term.folded or term.key) for term in asked]
    keys += [("", "")] * (TERMS_MOST - len(keys))
    given = {f"{name}{n}": f"%{before}{key}%" for n, (key, _) in enumerate(keys) if key}
    given |= {f"{name}{n}_folded": f"%{before}{key}%" for n, (_, key) in enumerate(keys) if key}
    unused = (f"{name}{n}{tail}" for n in range(TERMS_MOST) for tail in ("", "_folded"))
    return {one: given.get(one, "%") for one in unused}


@lru_cache(maxsize=KINDS_MOST)
def _short_tables(kind: Likeness, searches: tuple[Search, ...], locale: str) -> Select[Any] | None:
    """The statement for such readers: every short table, and the words it is to hold."""
    reader = kind.reader()
    parts = [
        select(literal_column(str(n)).label("room"), *rows.subquery().c)
        for n, one in enumerate(searches)
        if one.rows is not None
        for rows in (one.rows(reader, locale),)
    ]
    if not parts:
        return None
    return _first_of_each(union_all(*parts))


def _held(line: ColumnElement[str], begins: bool) -> ColumnElement[bool]:
    name, folded = ("stem", line) if begins else ("word", plain(line))
    return and_(*(_like(line, folded, f"{name}{n}") for n in range(TERMS_MOST)))


def _like(line: Any, folded: Any, name: str) -> ColumnElement[bool]:
    either = (bindparam(one, type_=String) for one in (name, f"{name}_folded"))
    as_written, without = either
    return or_(line.like(as_written), folded.like(without))


def _first_of_each(found: CompoundSelect[Any]) -> Select[Any]:
    """The first rows of each room that has some, and how many it has."""
    rows = found.subquery()
    room, place = rows.c.room, rows.c.place
    counted = select(
        *rows.c,
        func.row_number().over(partition_by=room, order_by=place).label("at"),
        func.count().over(partition_by=room).label("total"),
    ).subquery()
    return select(counted).where(counted.c.at <= FEW)
