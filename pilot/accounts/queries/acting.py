"""Reading accounts: the acting person, sign-in data, and who gets mail."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, bindparam, exists, func, select

from pilot.accounts.links import token_hash
from pilot.accounts.models import (
    ApiToken,
    EndedSession,
    Membership,
    Organisation,
    Person,
    ProgrammeRole,
)
from pilot.accounts.rules import MailRhythm
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Programme, Role
from pilot.core.policy.actor import Choice

#: What other rooms know of a person, by the actor's field: a subquery over `Person` that answers
#: ids with commas between, with the time as a parameter (`core.readers`). They are part of the
#: actor's one statement.
PROVIDERS: dict[str, Callable[[], ScalarSelect[str]]] = {}


@dataclass(frozen=True)
class Credentials:
    person_id: int
    password_hash: str | None
    session_epoch: int


@dataclass(frozen=True)
class Recipient:
    person_id: int | None  # none: an address without an account
    address: str
    name: str
    locale: str
    is_weekly: bool = False  # wants what can wait in one mail a week


def actor_of(
    person_id: int, epoch: int | None, organisation_id: int | None, session_id: str = ""
) -> Actor | None:
    """The acting person in one statement; None when the account or the session has ended.

    Acts for `organisation_id` if the person belongs there, else for the first membership.
    """
    wanted = _one_person(tuple(PROVIDERS), epoch is not None, bool(session_id))
    asked = {"id": person_id, "epoch": epoch, "session_hash": token_hash(session_id)}
    rows = db.session.execute(wanted, asked).all()
    return _actor(rows, organisation_id) if rows else None


def actor_of_token(token: str) -> Actor | None:
    """The actor a token stands for, also in one statement."""
    rows = db.session.execute(_one_token(tuple(PROVIDERS)), {"hash": token_hash(token)}).all()
    if not any(row.organisation_id == row.acting_id for row in rows):
        return None  # the token's organisation is not the person's any more
    return _actor(rows, rows[0].acting_id)


# Every request begins with one of these: each is built once a process, for the fields there are.


@cache
def _one_person(_fields: tuple[str, ...], has_epoch: bool, has_session: bool) -> Select[Any]:
    wanted = _people().where(Person.id == bindparam("id"), Person.is_active)
    if has_epoch:
        wanted = wanted.where(Person.session_epoch == bindparam("epoch"))
    if has_session:
        ended = EndedSession.session_hash == bindparam("session_hash")
        wanted = wanted.where(~exists().where(ended))
    return wanted.order_by(Membership.id)


@cache
def _one_token(_fields: tuple[str, ...]) -> Select[Any]:
    return (
        _people()
        .add_columns(ApiToken.organisation_id.label("acting_id"))
        .join(ApiToken, ApiToken.person_id == Person.id)
        .where(ApiToken.token_hash == bindparam("hash"), Person.is_active)
        .order_by(Membership.id)
    )


def _people() -> Select[Any]:
    """Nothing in it is of one person, and the day in it is asked for when it is sent."""
    programme = (
        select(func.aggregate_strings(ProgrammeRole.role, ","))
        .where(ProgrammeRole.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(
            Person.id.label("person_id"),
            Person.name.label("person_name"),
            Person.locale,
            Membership.role,
            Organisation.id.label("organisation_id"),
            Organisation.name,
            Organisation.kind,
            Organisation.municipality_number,
            Organisation.group_id,
            programme.label("programme"),
            *(provide().label(f"more_{field}") for field, provide in PROVIDERS.items()),
        )
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    )


def _actor(rows: Any, organisation_id: int | None) -> Actor:
    first: Row[Any] = rows[0]
    acting = next((r for r in rows if r.organisation_id == organisation_id), first)
    belongs = [r for r in rows if r.organisation_id is not None]
    return Actor(
        person_id=first.person_id,
        name=first.person_name,
        locale=first.locale or "",
        organisation_id=acting.organisation_id,
        organisation_name=acting.name or "",
        kind=acting.kind,
        role=acting.role,
        municipality_number=acting.municipality_number,
        group_id=acting.group_id,
        programme=frozenset((first.programme or "").split(",")) - {""},
        seats=_provided(first, "seats"),
        vendor_ties=_provided(first, "vendor_ties").union(
            r.organisation_id for r in belongs if r.kind is OrganisationKind.VENDOR
        ),
        choices=tuple(
            Choice(id=r.organisation_id, name=r.name, kind=r.kind, role=r.role) for r in belongs
        ),
    )


def _provided(row: Row[Any], field: str) -> frozenset[int]:
    ids = getattr(row, f"more_{field}", None) or ""
    return frozenset(map(int, filter(None, ids.split(","))))


def credentials(email: str) -> Credentials | None:
    """What signing in compares with. Not cleared: the caller tells nobody what it found."""
    row = db.session.execute(
        select(Person.id, Person.password_hash, Person.session_epoch).where(
            Person.email == email, Person.is_active
        )
    ).first()
    return Credentials(*row) if row else None


@dataclass(frozen=True)
class Entry:
    """Who comes in, and the epoch their session belongs to."""

    actor: Actor
    epoch: int
    address: str


def entry(person_id: int) -> Entry | None:
    """The person a way in has let through; None when the account has been closed meanwhile."""
    actor = actor_of(person_id, None, None)
    wanted = select(Person.session_epoch, Person.email).where(Person.id == person_id)
    row = db.session.execute(wanted).first()
    return Entry(actor, row.session_epoch, row.email) if actor and row else None


def recipients(organisation_id: int) -> tuple[Recipient, ...]:
    """The people of an organisation who have a part in the project, for mail."""
    belongs = (Membership.organisation_id == organisation_id, Membership.role.is_not(None))
    return _reached(select(Membership.person_id).where(*belongs))


def steering_group() -> tuple[Recipient, ...]:
    """The members of the steering group, for mail."""
    wanted = ProgrammeRole.role == Programme.STEERING_GROUP
    return _reached(select(ProgrammeRole.person_id).where(wanted))


def ks_leads() -> tuple[Recipient, ...]:
    """KS' project leads, for mail."""
    return _reached(
        select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.KS, Membership.role == Role.LEAD)
    )


def _reached(people: Select[Any]) -> tuple[Recipient, ...]:
    rows = db.session.execute(
        select(Person.id, Person.email, Person.name, Person.locale, Person.mail_rhythm)
        .where(Person.id.in_(people), Person.is_active)
        .order_by(Person.id)
    )
    return tuple(
        Recipient(i, address, name, locale or "nb", rhythm is MailRhythm.WEEKLY)
        for i, address, name, locale, rhythm in rows
    )
