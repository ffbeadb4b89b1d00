"""Conditions as everyone reads them; those that the data settle are asked of the data."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, SelectBase, literal, select, union_all

from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.readers import TODAY
from pilot.core.registry import STANDINGS, Subject, link
from pilot.core.tallies import NOUGHTS, first_of, grouped, number_of
from pilot.core.words import DEFAULT_LOCALE, Message
from pilot.decisions.models import Condition, ConditionEvent
from pilot.decisions.rules import ConditionState, ConditionText, Shipped, shipped_conditions


@dataclass(frozen=True)
class ConditionRow:
    id: int
    key: str
    title: str
    is_derived: bool
    state: ConditionState
    words: Message | None  # why a derived one stands where it does
    owner: str
    due_on: date | None
    settled_by: str
    settled_by_is_own: bool  # in KS' own words, which are bokmål
    changed_at: datetime
    revision: int
    source: str
    source_url: str


@dataclass(frozen=True)
class ConditionEventRow:
    before: ConditionState
    after: ConditionState
    reason: str
    organisation: str
    happened_at: datetime


@dataclass(frozen=True)
class ConditionPage:
    row: ConditionRow
    events: tuple[ConditionEventRow, ...]

    @property
    def text(self) -> ConditionText:
        """What the form starts from."""
        own = self.row.settled_by if self.row.settled_by_is_own else ""
        return ConditionText(
            state=None if self.row.is_derived else self.row.state,
            owner=self.row.owner,
            due_on=self.row.due_on,
            settled_by=own,
        )


def conditions(_actor: Actor, locale: str) -> tuple[ConditionRow, ...]:
    """All of them, in the order of the shipped file; open to everyone."""
    derived = derived_keys()
    found = db.session.execute(select(Condition, *_numbers(derived))).all()
    rows = {row.key: (row, dict(zip(derived, values, strict=True))) for row, *values in found}
    shipped = shipped_conditions().values()
    return tuple(_row(*rows[one.key], one, locale) for one in shipped if one.key in rows)


def condition(_actor: Actor, key: str, locale: str) -> ConditionPage:
    shipped = shipped_conditions().get(key)
    derived = [key] if shipped and shipped.is_derived else []
    wanted = select(Condition, *_numbers(derived)).where(Condition.key == key)
    found = db.session.execute(wanted).first()
    if found is None or shipped is None:
        raise Missing
    row, *values = found
    events = db.session.execute(
        select(ConditionEvent, Organisation.name)
        .outerjoin(Organisation, Organisation.id == ConditionEvent.organisation_id)
        .where(ConditionEvent.condition_id == row.id)
        .order_by(ConditionEvent.id.desc())
    )
    return ConditionPage(
        _row(row, dict(zip(derived, values, strict=True)), shipped, locale),
        tuple(
            ConditionEventRow(e.before, e.after, e.reason, name or "", e.happened_at)
            for e, name in events
        ),
    )


def derived_keys() -> list[str]:
    """The conditions that nobody types in, in the order of the shipped file."""
    return [key for key, one in shipped_conditions().items() if one.is_derived]


def _numbers(keys: Iterable[str]) -> tuple[ScalarSelect[Any], ...]:
    """What the rooms' data say of them; each room registers its own."""
    return tuple(STANDINGS[key].number() for key in keys)


def _row(row: Condition, numbers: Mapping[str, Any], shipped: Shipped, locale: str) -> ConditionRow:
    standing = STANDINGS[row.key].says(numbers[row.key]) if shipped.is_derived else None
    return ConditionRow(
        id=row.id,
        key=row.key,
        title=shipped.titles[locale],
        is_derived=shipped.is_derived,
        state=ConditionState(standing.state) if standing else row.state,
        words=standing.words if standing else None,
        owner=row.owner,
        due_on=row.due_on,
        settled_by=row.settled_by or shipped.settled_by[locale],
        settled_by_is_own=bool(row.settled_by),
        changed_at=row.changed_at,
        revision=row.revision,
        source=shipped.source,
        source_url=shipped.source_url,
    )


def settled() -> tuple[ScalarSelect[Any], ...]:
    """Numbers of the overview: all conditions, those that KS has settled, and the numbers that the
    others rest on."""
    derived = derived_keys()
    is_settled = Condition.state == ConditionState.RESOLVED
    by_ks = number_of(Condition.id, is_settled, Condition.key.not_in(derived))
    return number_of(Condition.id), by_ks, *_numbers(derived)


def overdue() -> tuple[ScalarSelect[Any], ...]:
    """How many that KS settles are past their date, and the first of the dates."""
    late = (
        Condition.due_on < TODAY,
        Condition.state != ConditionState.RESOLVED,
        Condition.key.not_in(derived_keys()),
    )
    return number_of(Condition.id, *late), first_of(Condition.due_on, *late)


def by_state() -> SelectBase:
    """How many stand in each state; of those that the data settle, what they rest on, by key."""
    derived = derived_keys()
    stored = grouped(Condition.state, Condition.key.not_in(derived))
    rest = (select(literal(key), STANDINGS[key].number(), *NOUGHTS) for key in derived)
    return union_all(stored, *rest)


def stored_condition(_actor: Actor, key: str, *, for_update: bool = False) -> Condition:
    wanted = select(Condition).where(Condition.key == key)
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None or key not in shipped_conditions():
        raise Missing
    return found


def condition_subjects(_actor: Actor, ids: Collection[int]) -> dict[int, Subject]:
    """Conditions as others point at them, in one statement."""
    rows = db.session.execute(select(Condition.id, Condition.key).where(Condition.id.in_(ids)))
    shipped = shipped_conditions()
    return {
        row.id: Subject(
            title=shipped[row.key].titles[DEFAULT_LOCALE],
            link=link("decisions.condition", key=row.key),
            lang="nb",
        )
        for row in rows
        if row.key in shipped
    }
