"""Criteria sets as each may see them: a draft is KS' own, what is published is everyone's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from pilot.candidates.models import CriteriaSet, CriterionRow, QuickQuestion
from pilot.candidates.rules.criteria import (
    Changed,
    CriterionText,
    Dimension,
    Quick,
    SetState,
    changes,
    lacks,
)
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor

ORDER = {dimension: at for at, dimension in enumerate(Dimension)}


@dataclass(frozen=True)
class SetLine:
    """A version in the list of them."""

    version: int
    state: SetState
    note: str
    published_at: datetime | None

    @property
    def is_draft(self) -> bool:
        return self.state is SetState.DRAFT


@dataclass(frozen=True)
class SetPage:
    """A version in full: criteria by dimension and code, and the quick check's questions."""

    id: int
    line: SetLine
    criteria: tuple[CriterionText, ...]
    quick: tuple[Quick, ...]

    @property
    def by_dimension(self) -> tuple[tuple[Dimension, tuple[CriterionText, ...]], ...]:
        """Each dimension that has criteria, in the order they are asked."""
        groups = (
            (dimension, tuple(one for one in self.criteria if one.dimension is dimension))
            for dimension in Dimension
        )
        return tuple((dimension, own) for dimension, own in groups if own)

    @property
    def unwritten(self) -> frozenset[str]:
        """Codes of criteria that lack texts."""
        return frozenset(one.code for one in self.criteria if any(lacks(one)))

    def quick_of(self, dimension: Dimension) -> Quick:
        own = (one for one in self.quick if one.dimension is dimension)
        return next(own, Quick(dimension=dimension))


@dataclass(frozen=True)
class CriterionDraft:
    """A criterion of a draft, with the revision that a form of it carries."""

    text: CriterionText
    revision: int


def criteria_sets(actor: Actor) -> tuple[SetLine, ...]:
    """All versions that the actor may know of, the newest first."""
    rows = db.session.scalars(_seen_by(actor).order_by(CriteriaSet.version.desc()))
    return tuple(_line(row) for row in rows)


def criteria_set(actor: Actor, version: int | None = None) -> SetPage:
    """A version; the newest published one if none is named."""
    wanted = _seen_by(actor)
    named = CriteriaSet.version == version
    wanted = _published(wanted) if version is None else wanted.where(named)
    row = db.session.scalar(wanted.order_by(CriteriaSet.version.desc()).limit(1))
    if row is None:
        raise Missing
    return SetPage(row.id, _line(row), criteria_of(row.id), _quick_of(row.id))


def criteria_line(actor: Actor, version: int) -> SetLine:
    """What a version is, without what it asks."""
    row = db.session.scalar(_seen_by(actor).where(CriteriaSet.version == version))
    if row is None:
        raise Missing
    return _line(row)


def visible_draft(actor: Actor, version: int) -> CriteriaSet:
    """The draft, held for a change; Missing where it is not there or is published by now."""
    row = db.session.scalar(
        _seen_by(actor)
        .where(CriteriaSet.version == version, CriteriaSet.state == SetState.DRAFT)
        .with_for_update()
    )
    if row is None:
        raise Missing
    return row


def newest_published() -> CriteriaSet | None:
    """For commands and seeds: nothing in it is hidden from anyone."""
    return db.session.scalar(
        _published(select(CriteriaSet)).order_by(CriteriaSet.version.desc()).limit(1)
    )


def newest_published_version() -> int | None:
    newest = newest_published()
    return newest.version if newest else None


def the_draft() -> CriteriaSet | None:
    """For commands that have asked the policy."""
    return db.session.scalar(
        select(CriteriaSet).where(CriteriaSet.state == SetState.DRAFT).with_for_update()
    )


def newest_version() -> int:
    return db.session.scalar(select(func.max(CriteriaSet.version))) or 0


def criteria_of(set_id: int) -> tuple[CriterionText, ...]:
    return tuple(row.text for row in criterion_rows(set_id))


def criterion_rows(set_id: int) -> list[CriterionRow]:
    """By dimension, then code: «T2» before «T10»."""
    rows = db.session.scalars(select(CriterionRow).where(CriterionRow.set_id == set_id))
    return in_order(rows)


def in_order(rows: Iterable[CriterionRow]) -> list[CriterionRow]:
    return sorted(rows, key=_place)


def _place(row: CriterionRow) -> tuple[int, str, int]:
    letters = row.code.rstrip("0123456789")
    return ORDER[row.dimension], letters, int(row.code[len(letters) :])


def quick_rows(set_id: int) -> dict[Dimension, QuickQuestion]:
    rows = db.session.scalars(select(QuickQuestion).where(QuickQuestion.set_id == set_id))
    return {row.dimension: row for row in rows}


def criterion_row(set_id: int, code: str) -> CriterionRow:
    row = db.session.scalar(select(CriterionRow).filter_by(set_id=set_id, code=code))
    if row is None:
        raise Missing
    return row


def draft_of(actor: Actor, version: int, code: str) -> CriterionDraft:
    """A criterion of a draft, to be changed."""
    wanted = _seen_by(actor).with_only_columns(CriteriaSet.id)
    set_id = db.session.scalar(wanted.where(CriteriaSet.version == version, _IS_DRAFT))
    if set_id is None:
        raise Missing
    row = criterion_row(set_id, code)
    return CriterionDraft(row.text, row.revision)


def set_changes(actor: Actor, page: SetPage) -> tuple[Changed, ...]:
    """What differs from the version before; nothing where it is the first."""
    before = (line.version for line in criteria_sets(actor) if line.version < page.line.version)
    version = next(before, None)
    if version is None:
        return ()
    return changes(criteria_set(actor, version).criteria, page.criteria)


_IS_DRAFT = CriteriaSet.state == SetState.DRAFT


def _published(wanted: Select[CriteriaSet]) -> Select[CriteriaSet]:
    return wanted.where(CriteriaSet.state == SetState.PUBLISHED)


def _seen_by(actor: Actor) -> Select[CriteriaSet]:
    wanted = select(CriteriaSet)
    return wanted if actor.is_ks else _published(wanted)


def _quick_of(set_id: int) -> tuple[Quick, ...]:
    found: Iterable[QuickQuestion] = quick_rows(set_id).values()
    return tuple(sorted((row.quick for row in found), key=lambda one: ORDER[one.dimension]))


def _line(row: CriteriaSet) -> SetLine:
    return SetLine(row.version, row.state, row.note, row.published_at)
