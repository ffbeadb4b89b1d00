"""The unit of work: the only module that commits.

A command runs in a write transaction of its own. What the request had read before is expired, so a
command takes ids and loads what it changes inside (`for_update`); a row handed in from outside
would be yesterday's news.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import TextClause, UpdateBase, event, inspect
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from pilot.core.db import FreeList, FreeText, db
from pilot.core.errors import Conflict, Rejected
from pilot.core.text import HOLDS_IDENTITY_NUMBER, holds_identity_number
from pilot.core.words import Message

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
PASSING = ("database is locked", "deadlock detected", "could not serialize access")

#: Constraints that people can run into, as the database names them, and what to tell people.
#: Slices add theirs when they register.
CLASHES: dict[str, Message] = {}


class WriteOutsideUnit(RuntimeError):
    """A row changed where no service function was at work."""


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Commit when the outermost unit ends well, roll back when it does not."""
    session = db.session()
    info = session.info
    if info.get("unit"):
        yield
        session.flush()  # what a command answers has its id, also inside another command
        return
    session.rollback()  # ends the request's read transaction and expires what it loaded
    info["unit"], info["before_commit"], info["after_commit"] = True, {}, []
    try:
        session.connection(execution_options={"begin": "BEGIN IMMEDIATE"})  # SQLite; see db.py
        yield
        _commit(session)
    except IntegrityError as clash:
        session.rollback()
        raise sentence_for(clash) from clash
    except BaseException:
        session.rollback()
        raise
    finally:
        info["unit"] = False
        info.pop("before_commit")
        effects = info.pop("after_commit")
    _wake(effects)


def _commit(session: Session) -> None:
    session.flush()
    for step in tuple(session.info["before_commit"].values()):
        step()
    session.commit()


def _wake(effects: list[Callable[[], None]]) -> None:
    for effect in effects:
        try:
            effect()
        except Exception:  # the change is stored: a failing effect must not say otherwise
            logging.getLogger(__name__).exception("effect after commit failed")


def sentence_for(clash: IntegrityError) -> Exception:
    """A known constraint has a sentence for people; any other clash is a bug and stays one."""
    text = str(clash.orig)
    for constraint, sentence in CLASHES.items():
        if constraint in text:
            return Conflict(sentence)
    return clash


def before_commit(name: str, step: Callable[[], None]) -> None:
    """Run a step once, last in the transaction; asked for again under one name, it runs once."""
    db.session().info["before_commit"].setdefault(name, step)


def after_commit(effect: Callable[[], None]) -> None:
    """Wake a worker or the live bus once the change is stored; never the only carrier."""
    db.session().info["after_commit"].append(effect)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a service function: all of it is stored, or none; passing faults are tried again."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        outermost = not db.session().info.get("unit")
        for attempt in range(1, TRIES + 1):
            try:
                with unit_of_work():
                    return function(*args, **kwargs)
            except DBAPIError as fault:
                passing = any(words in str(fault.orig) for words in PASSING)
                if not (outermost and passing) or attempt == TRIES:
                    raise
        raise AssertionError("unreachable")

    run.is_command = True  # type: ignore[attr-defined]  # read by tests/architecture
    return run


@event.listens_for(Session, "before_flush")
def refuse_stray_writes(session: Session, *_: object) -> None:
    dirty = [row for row in session.dirty if session.is_modified(row)]
    if (dirty or session.new or session.deleted) and not session.info.get("unit"):
        raise WriteOutsideUnit("change rows in a service function, inside a unit of work")
    for row in (*session.new, *dirty):
        state = inspect(row, raiseerr=True)
        _refuse_identity_numbers(state.mapper, state.dict)


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk_writes(state: ORMExecuteState) -> None:
    """Bulk statements pass no flush; the same rules hold for them."""
    is_text = isinstance(state.statement, TextClause)
    writes = state.is_insert or state.is_update or state.is_delete
    if is_text and not str(state.statement).lstrip().upper().startswith("SELECT"):
        writes = True
    if writes and not state.session.info.get("unit"):
        raise WriteOutsideUnit("change rows in a service function, inside a unit of work")
    if (state.is_insert or state.is_update) and state.bind_mapper is not None:
        given: Any = state.parameters or cast(UpdateBase, state.statement).compile().params
        for row in given if isinstance(given, list) else [given]:
            _refuse_identity_numbers(state.bind_mapper, row)


def _refuse_identity_numbers(mapper: Mapper[Any], row: Mapping[str, Any]) -> None:
    """DOMAIN's rule, where every write passes: such a number is never stored."""
    for key in _free_text(mapper):
        value = row.get(key) or ""
        if any(map(holds_identity_number, [value] if isinstance(value, str) else value)):
            raise Rejected(HOLDS_IDENTITY_NUMBER, field=key)


@cache
def _free_text(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(
        mapper.get_property_by_column(column).key
        for column in mapper.columns
        if isinstance(column.type, FreeText | FreeList)
    )
