"""People as those who manage them see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from pilot.accounts.models import Membership, Organisation, Person, ProgrammeRole
from pilot.accounts.permissions import AccountPermission
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, OrganisationKind, Programme, Role, require
from pilot.core.text import clean, sort_key

TERMS_MOST = 6


@dataclass(frozen=True)
class Part:
    """A person's part in an organisation."""

    membership_id: int
    person_id: int
    organisation_id: int
    organisation: str
    kind: OrganisationKind
    role: Role | None


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str
    address: str
    is_active: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PersonPage:
    id: int
    name: str
    address: str
    is_active: bool
    has_password: bool
    created_at: datetime
    programme: frozenset[Programme]
    parts: tuple[Part, ...]


def terms(q: str) -> list[str]:
    """The words of a search, as far as they are looked at."""
    return clean(q).lower().split()[:TERMS_MOST]


def people(actor: Actor, q: str, number: int) -> Page[PersonRow]:
    """A page of people by name, found by name, address or organisation; three statements."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    found = [_holding(term) for term in terms(q)]
    total = db.session.scalar(select(func.count(Person.id)).where(*found)) or 0
    number = within(number, total)
    rows = db.session.scalars(
        select(Person)
        .where(*found)
        .order_by(Person.sort_key, Person.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    parts = _parts(Membership.person_id.in_([row.id for row in rows]))
    listed = (
        PersonRow(
            row.id,
            row.name,
            row.email,
            row.is_active,
            tuple(part for part in parts if part.person_id == row.id),
        )
        for row in rows
    )
    return Page(tuple(listed), number, total)


def _holding(term: str) -> ColumnElement[bool]:
    there = (
        select(Membership.person_id)
        .join(Organisation)
        .where(Organisation.sort_key.contains(sort_key(term), autoescape=True))
    )
    return or_(
        Person.sort_key.contains(sort_key(term), autoescape=True),
        Person.email.contains(term, autoescape=True),
        Person.id.in_(there),
    )


def _parts(*which: ColumnElement[bool]) -> tuple[Part, ...]:
    rows: Any = db.session.execute(
        select(
            Membership.id,
            Membership.person_id,
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Membership.role,
        )
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(*which)
        .order_by(Membership.id)
    )
    return tuple(Part(*row) for row in rows)


def person(actor: Actor, person_id: int) -> PersonPage:
    """One person, with every part they have."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    row = db.session.get(Person, person_id)
    if row is None:
        raise Missing
    programme = select(ProgrammeRole.role).where(ProgrammeRole.person_id == person_id)
    return PersonPage(
        row.id,
        row.name,
        row.email,
        row.is_active,
        row.password_hash is not None,
        row.created_at,
        frozenset(db.session.scalars(programme)),
        _parts(Membership.person_id == person_id),
    )
