"""Who has asked to come in, and what else waits for those who manage people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select, true

from pilot.accounts.models import JoinRequest, Membership, Organisation
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.queries.organisations import UNMAPPED
from pilot.accounts.rules import RequestState
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.pages import PAGE_SIZE, Page, within
from pilot.core.policy import Actor, OrganisationKind, Role, allows, require
from pilot.core.tallies import first_of, number_of
from pilot.municipalities.models import County, Municipality


@dataclass(frozen=True)
class RequestRow:
    id: int
    organisation_id: int
    organisation: str
    kind: OrganisationKind
    name: str
    role_title: str
    address: str
    created_at: datetime
    has_lead: bool


def _whose(actor: Actor) -> ColumnElement[bool]:
    """KS' leads answer everyone; other leads those who ask to act for their own organisation."""
    if actor.is_ks_lead:
        return true()
    return JoinRequest.organisation_id == actor.organisation_id


def requests(actor: Actor, number: int) -> Page[RequestRow]:
    """A page of those who wait for an answer, the longest waiting first."""
    require(actor, AccountPermission.REQUESTS_READ)
    open_ones = (JoinRequest.state == RequestState.RECEIVED, _whose(actor))
    total = db.session.scalar(select(func.count(JoinRequest.id)).where(*open_ones)) or 0
    number = within(number, total)
    rows = db.session.execute(
        _rows()
        .where(*open_ones)
        .order_by(JoinRequest.created_at, JoinRequest.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(tuple(RequestRow(*row) for row in rows), number, total)


def request(actor: Actor, request_id: int) -> RequestRow:
    """One who waits for an answer; those who have got one are not found."""
    row = db.session.execute(
        _rows().where(
            JoinRequest.id == request_id,
            JoinRequest.state == RequestState.RECEIVED,
            _whose(actor),
        )
    ).first()
    if row is None or not allows(actor, AccountPermission.ORGANISATION_LEAD, row.organisation_id):
        raise Missing
    return RequestRow(*row)


def _rows() -> Select[*tuple[Any, ...]]:
    leads = (
        select(Membership.id)
        .where(Membership.organisation_id == Organisation.id, Membership.role == Role.LEAD)
        .exists()
    )
    return select(
        JoinRequest.id,
        Organisation.id.label("organisation_id"),
        Organisation.name,
        Organisation.kind,
        JoinRequest.name,
        JoinRequest.role_title,
        JoinRequest.address,
        JoinRequest.created_at,
        leads,
    ).join(Organisation, Organisation.id == JoinRequest.organisation_id)


def waiting(actor: Actor) -> tuple[ScalarSelect[Any], ...]:
    """Numbers of a lead's overview: those who ask for access, since when the first has; and for KS
    the vendors whose group is only declared."""
    require(actor, AccountPermission.REQUESTS_READ)
    asks = (JoinRequest.state == RequestState.RECEIVED, _whose(actor))
    found = (number_of(JoinRequest.id, *asks), first_of(JoinRequest.created_at, *asks))
    if not actor.is_ks_lead:
        return found
    is_vendor = Organisation.kind == OrganisationKind.VENDOR
    return *found, number_of(Organisation.id, is_vendor, *UNMAPPED)


def municipality_choices() -> tuple[tuple[str, str], ...]:
    """Every municipality that may ask for access, by county; the demo's invented ones too."""
    rows = db.session.execute(
        select(Municipality.number, Municipality.name_unique)
        .join(County, County.number == Municipality.county_number)
        .join(Organisation, Organisation.municipality_number == Municipality.number)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY)
        .order_by(Municipality.sort_key, Municipality.number)
    )
    return tuple((number, name) for number, name in rows)
