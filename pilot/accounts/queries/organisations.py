"""Organisations, their people and their open invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import aliased

from pilot.accounts.models import Invitation, Membership, Organisation, Person
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.queries.confirmations import Confirmed, confirmations_of
from pilot.accounts.queries.people import terms
from pilot.accounts.rules import PARTICIPATION, REGISTERED, InvitationState, number_words
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.outbox import MailState, OutboxMail
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, OrganisationKind, Role, allows, require
from pilot.core.tallies import number_of
from pilot.core.text import sort_key

PEOPLE_SHOWN = 200


@dataclass(frozen=True)
class OrganisationRow:
    id: int
    name: str
    kind: OrganisationKind
    number: str
    group: str
    declared_group: str
    people: int


@dataclass(frozen=True)
class Colleague:
    membership_id: int
    person_id: int
    name: str
    address: str
    role: Role | None
    is_active: bool


@dataclass(frozen=True)
class OpenInvitation:
    id: int
    address: str
    role: Role
    inviter: str
    passed_from: str
    sent_at: datetime
    expires_at: datetime
    state: InvitationState
    mail: MailState


@dataclass(frozen=True)
class OrganisationPage:
    id: int
    name: str
    kind: OrganisationKind
    country: str | None
    org_number: str | None
    group_id: int | None
    group: str
    declared_group: str
    revision: int
    is_registered: bool
    people: tuple[Colleague, ...]
    invitations: tuple[OpenInvitation, ...]
    confirmed: tuple[Confirmed, ...]

    @property
    def number(self) -> str:
        return number_words(self.country, self.org_number)


def organisations(
    actor: Actor, q: str, kind: str, number: int, *, unmapped: bool = False
) -> Page[OrganisationRow]:
    """A page of organisations by name; `unmapped`: those with a declared group that is not set."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    found = [_holding(term) for term in terms(q)]
    found += [Organisation.kind == one for one in OrganisationKind if one.value == kind]
    found += UNMAPPED if unmapped else []
    total = db.session.scalar(select(func.count(Organisation.id)).where(*found)) or 0
    number = within(number, total)
    head = aliased(Organisation)
    members = (
        select(func.count(Membership.id))
        .where(Membership.organisation_id == Organisation.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Organisation, head.name, members)
        .outerjoin(head, head.id == Organisation.group_id)
        .where(*found)
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(_row(*row) for row in rows), number, total)


UNMAPPED: list[ColumnElement[bool]] = [
    Organisation.declared_group != "",
    Organisation.group_id.is_(None),
]


def _row(row: Organisation, group: str | None, people: int) -> OrganisationRow:
    number = number_words(row.country, row.org_number)
    return OrganisationRow(
        row.id, row.name, row.kind, number, group or "", row.declared_group, people
    )


def _holding(term: str) -> ColumnElement[bool]:
    return or_(
        Organisation.sort_key.contains(sort_key(term), autoescape=True),
        Organisation.org_number.contains(term.upper(), autoescape=True),
    )


def organisation(actor: Actor, organisation_id: int) -> OrganisationPage:
    """An organisation with its people; unknown to all but KS' leads and its own people."""
    if not allows(actor, AccountPermission.ORGANISATION_READ, organisation_id):
        raise Missing
    head = aliased(Organisation)
    found = db.session.execute(
        select(Organisation, head.name)
        .outerjoin(head, head.id == Organisation.group_id)
        .where(Organisation.id == organisation_id)
    ).first()
    if found is None:
        raise Missing
    return _page(*found)


def _page(row: Organisation, group: str | None) -> OrganisationPage:
    return OrganisationPage(
        id=row.id,
        name=row.name,
        kind=row.kind,
        country=row.country,
        org_number=row.org_number,
        group_id=row.group_id,
        group=group or "",
        declared_group=row.declared_group,
        revision=row.revision,
        is_registered=row.kind in REGISTERED,
        people=_people(row.id),
        invitations=_invitations(row.id),
        confirmed=confirmations_of(PARTICIPATION, [row.id]).get(row.id, ()),
    )


def _people(organisation_id: int) -> tuple[Colleague, ...]:
    rows: Any = db.session.execute(
        select(
            Membership.id, Person.id, Person.name, Person.email, Membership.role, Person.is_active
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Person.sort_key, Person.id)
        .limit(PEOPLE_SHOWN)
    )
    return tuple(Colleague(*row) for row in rows)


def _invitations(organisation_id: int) -> tuple[OpenInvitation, ...]:
    inviter, before = aliased(Person), aliased(Invitation)
    rows = db.session.execute(
        select(Invitation, inviter.name, before.address)
        .outerjoin(inviter, inviter.id == Invitation.inviter_id)
        .outerjoin(before, before.id == Invitation.passed_from_id)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.state == InvitationState.SENT,
        )
        .order_by(Invitation.id.desc())
        .limit(PEOPLE_SHOWN)
    ).all()
    unsent = _unsent([row for row, *_ in rows])
    return tuple(_invitation(*row, unsent.get(row[0].id, MailState.SENT)) for row in rows)


def _unsent(invitations: list[Invitation]) -> dict[int, MailState]:
    """How it stands with the newest mail of each, where it has not been sent."""
    if not invitations:
        return {}
    sent_at = {one.id: one.sent_at for one in invitations}
    number = OutboxMail.values["about"]["invitation"].as_integer()
    rows = db.session.execute(
        select(number, OutboxMail.state, OutboxMail.created_at).where(
            OutboxMail.state.in_((MailState.WAITING, MailState.FAILED)),
            OutboxMail.address.in_([one.address for one in invitations]),
            number.in_(sent_at),
        )
    )
    return {one: state for one, state, at in rows if at >= sent_at[one]}


def _invitation(
    row: Invitation, inviter: str | None, before: str | None, mail: MailState
) -> OpenInvitation:
    is_open = row.expires_at > clock.now()
    return OpenInvitation(
        id=row.id,
        address=row.address,
        role=row.role,
        inviter=inviter or "",
        passed_from=before or "",
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        state=InvitationState.SENT if is_open else InvitationState.EXPIRED,
        mail=mail,
    )


def taking_part(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """Numbers of KS' overview: municipalities with a contact, municipalities, and vendors."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    has_someone = Organisation.id.in_(select(Membership.organisation_id))
    places = Organisation.kind == OrganisationKind.MUNICIPALITY
    return (
        number_of(Organisation.id, places, has_someone),
        number_of(Organisation.id, places),
        number_of(Organisation.id, Organisation.kind == OrganisationKind.VENDOR),
    )


def possible_heads(actor: Actor, organisation_id: int) -> tuple[tuple[int, str], ...]:
    """Vendors that may be the head of a vendor's group: those that are under none themselves."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.kind == OrganisationKind.VENDOR,
            Organisation.group_id.is_(None),
            Organisation.id != organisation_id,
        )
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return tuple((found, name) for found, name in rows)


def organisation_of(number: str) -> int | None:
    """The organisation of a municipality, by its number."""
    return db.session.scalar(
        select(Organisation.id).where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Organisation.municipality_number == number,
        )
    )
