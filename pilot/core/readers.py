"""Statements made once for all who read alike, and sent with each reader's ids and the time.

To make a statement costs more than to send it. What the rooms tell on an overview depends on what
kind of reader asks, on the reader's ids, and on the time: it is made once for each kind, with the
ids and the time as parameters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Date, Integer, SelectBase, bindparam

from pilot.core import clock
from pilot.core.db import UtcDateTime
from pilot.core.policy import Actor, OrganisationKind, Role

KINDS_MOST = 200  # kinds of readers whose statements are kept
SOME: frozenset[int] = frozenset({0})
PERSON, ORGANISATION = "reader", "readers_organisation"
_PERSON: Any = bindparam(PERSON, type_=Integer)
_ORGANISATION: Any = bindparam(ORGANISATION, type_=Integer)


@dataclass(frozen=True)
class Likeness:
    """All that decides what a reader may see, but for whose it is."""

    is_person: bool
    acts: bool  # for an organisation
    kind: OrganisationKind | None
    role: Role | None
    is_municipality: bool
    programme: frozenset[str]
    sits: bool
    has_interests: bool
    has_vendor_ties: bool
    is_system: bool

    def reader(self) -> Actor:
        """One who is so and is nobody: the ids are parameters."""
        return Actor(
            person_id=_PERSON if self.is_person else None,
            organisation_id=_ORGANISATION if self.acts else None,
            kind=self.kind,
            role=self.role,
            municipality_number="" if self.is_municipality else None,
            programme=self.programme,
            seats=SOME if self.sits else frozenset(),
            interests=SOME if self.has_interests else frozenset(),
            vendor_ties=SOME if self.has_vendor_ties else frozenset(),
            is_system=self.is_system,
        )


def likeness(actor: Actor) -> Likeness:
    return Likeness(
        is_person=actor.person_id is not None,
        acts=actor.organisation_id is not None,
        kind=actor.kind,
        role=actor.role,
        is_municipality=actor.municipality_number is not None,
        programme=frozenset(actor.programme),
        sits=bool(actor.seats),
        has_interests=bool(actor.interests),
        has_vendor_ties=bool(actor.vendor_ties),
        is_system=actor.is_system,
    )


def ids_of(actor: Actor) -> dict[str, int | None]:
    """What a statement for those who are like the reader is sent with."""
    return {PERSON: actor.person_id, ORGANISATION: actor.organisation_id}


Made = TypeVar("Made", bound=SelectBase)


def made_once(make: Callable[..., Made]) -> Callable[..., Made]:
    """Let a function of an actor, which answers a statement, run once for all who are alike; the
    statement is sent with `ids_of` the one who reads."""

    @lru_cache(maxsize=KINDS_MOST)
    def kept(kind: Likeness, *more: Any) -> Made:
        return make(kind.reader(), *more)

    @wraps(make)
    def made(actor: Actor, *more: Any) -> Made:
        return kept(likeness(actor), *more)

    return made


def at(moment: Callable[[], datetime]) -> BindParameter[datetime]:
    """A moment that is asked for each time the statement is sent."""
    return bindparam(None, callable_=moment, type_=UtcDateTime(), unique=True)


def on(day: Callable[[], date]) -> BindParameter[date]:
    return bindparam(None, callable_=day, type_=Date(), unique=True)


NOW = at(lambda: clock.now())
TODAY = on(lambda: clock.today())
