"""National solutions: what they are, what is said of them, and who has confirmed it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, select

from pilot.accounts.models import Organisation
from pilot.catalogue.models import InformationService, NationalSolution, ServiceSolutionLink
from pilot.catalogue.rules import Basis, LinkKind, ServiceState
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor
from pilot.core.tallies import number_of


class Standing(StrEnum):
    """How far a text can be trusted; codes as in states.csv where it has them."""

    SOURCED = "sourced"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    NO_CLAIM = "no_claim"  # a category of ours, which says nothing of anyone


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRow:
    key: str
    name: str
    description: str
    basis: Basis
    source: str
    is_gap: bool
    confirmed_at: datetime | None
    services: int

    @property
    def standing(self) -> Standing:
        if self.is_gap:
            return Standing.NO_CLAIM
        if self.confirmed_at is not None:
            return Standing.CONFIRMED
        return Standing.SOURCED if self.basis is Basis.SOURCED else Standing.UNCONFIRMED

    @property
    def is_confirmable(self) -> bool:
        """Only our own knowledge needs the provider's word."""
        return self.basis is Basis.OWN and not self.is_gap


@dataclass(frozen=True, slots=True)
class UsedBy:
    """An information service that builds on a solution."""

    key: str
    name: str
    state: ServiceState
    kind: LinkKind
    note: str


@dataclass(frozen=True, slots=True)
class SolutionPage:
    row: SolutionRow
    confirmed_for: str  # the organisation that confirmed; persons are not named in public
    used_by: tuple[UsedBy, ...]


def solutions(_actor: Actor, *, unconfirmed_only: bool = False) -> tuple[SolutionRow, ...]:
    """All that are in use, by name; the category for needs that none covers comes last."""
    wanted = _rows().order_by(NationalSolution.is_gap, NationalSolution.sort_key)
    if unconfirmed_only:
        wanted = wanted.where(_is_unconfirmed())
    return tuple(_row(row) for row in db.session.execute(wanted))


def solution(_actor: Actor, key: str) -> SolutionPage:
    found = db.session.execute(
        _rows()
        .add_columns(Organisation.name.label("confirmed_for"))
        .outerjoin(Organisation, Organisation.id == NationalSolution.confirmed_for_id)
        .where(NationalSolution.key == key)
    ).first()
    if found is None:
        raise Missing
    uses = db.session.execute(
        select(
            InformationService.key,
            InformationService.name,
            InformationService.state,
            ServiceSolutionLink.kind,
            ServiceSolutionLink.note,
        )
        .join(ServiceSolutionLink, ServiceSolutionLink.service_id == InformationService.id)
        .join(NationalSolution, NationalSolution.id == ServiceSolutionLink.solution_id)
        .where(NationalSolution.key == key)
        .order_by(InformationService.sort_key)
    )
    used_by = tuple(UsedBy(*use) for use in uses)
    return SolutionPage(_row(found), found.confirmed_for or "", used_by)


def solution_names() -> dict[str, str]:
    """Names by key for choices, in the order of `solutions`."""
    rows = db.session.execute(
        select(NationalSolution.key, NationalSolution.name)
        .where(NationalSolution.is_active)
        .order_by(NationalSolution.is_gap, NationalSolution.sort_key)
    )
    return {key: name for key, name in rows}  # noqa: C416  # a Row is no pair to mypy


def unconfirmed() -> tuple[ScalarSelect[int], ...]:
    """A number of NHN's overview: how many rest on our own knowledge alone."""
    return (number_of(NationalSolution.id, _is_unconfirmed()),)


def visible_solution(_actor: Actor, key: str, *, for_update: bool = False) -> NationalSolution:
    wanted = select(NationalSolution).where(NationalSolution.key == key)
    found = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if found is None:
        raise Missing
    return found


def _is_unconfirmed() -> ColumnElement[bool]:
    return (
        NationalSolution.is_active
        & (NationalSolution.basis == Basis.OWN)
        & NationalSolution.is_gap.is_(False)
        & NationalSolution.confirmed_at.is_(None)
    )


def _rows() -> Select[Any]:
    uses = (
        select(func.count())
        .where(ServiceSolutionLink.solution_id == NationalSolution.id)
        .correlate(NationalSolution)
        .scalar_subquery()
    )
    return select(
        NationalSolution.key,
        NationalSolution.name,
        NationalSolution.description,
        NationalSolution.basis,
        NationalSolution.source,
        NationalSolution.is_gap,
        NationalSolution.confirmed_at,
        uses.label("services"),
    ).where(NationalSolution.is_active)


def _row(row: Row[Any]) -> SolutionRow:
    return SolutionRow(
        key=row.key,
        name=row.name,
        description=row.description,
        basis=row.basis,
        source=row.source,
        is_gap=row.is_gap,
        confirmed_at=row.confirmed_at,
        services=row.services,
    )
