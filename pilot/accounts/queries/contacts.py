"""Reading contacts for an import: what is known of each address, and every municipality."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.accounts.permissions import AccountPermission
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role, require
from pilot.municipalities.models import Municipality

ADDRESSES_AT_ONCE = 500  # a statement takes so many values on every database


@dataclass
class ContactKnown:
    """A person, and by organisation the membership's id and role."""

    person_id: int
    roles: dict[int, tuple[int, Role | None]] = field(default_factory=dict)


def contacts_known(actor: Actor, emails: Collection[str]) -> dict[str, ContactKnown]:
    """Those of the addresses that are people's, with what they are where."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    wanted = sorted(set(emails))
    found: dict[str, ContactKnown] = {}
    for start in range(0, len(wanted), ADDRESSES_AT_ONCE):
        rows = db.session.execute(
            select(
                Person.email, Person.id, Membership.id, Membership.organisation_id, Membership.role
            )
            .outerjoin(Membership, Membership.person_id == Person.id)
            .where(Person.email.in_(wanted[start : start + ADDRESSES_AT_ONCE]))
        )
        for email, person_id, membership_id, organisation_id, role in rows:
            known = found.setdefault(email, ContactKnown(person_id))
            if membership_id is not None:
                known.roles[organisation_id] = (membership_id, role)
    return found


def municipality_organisations(actor: Actor) -> dict[str, tuple[int, str]]:
    """Every municipality's organisation and name, by its number and by its name in lower case."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Municipality.number, Municipality.name_unique)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY)
    )
    found: dict[str, tuple[int, str]] = {}
    for organisation_id, name, number, unique in rows:
        for key in (number, unique.casefold(), name.casefold()):
            found[key] = (organisation_id, name)
    return found


@dataclass(frozen=True)
class VendorKnown:
    """A vendor that is here already; `has_lead` where someone may confirm for it."""

    id: int
    name: str
    sort_key: str
    country: str | None
    org_number: str | None
    group_id: int | None
    revision: int
    has_lead: bool


def vendors_known(actor: Actor) -> tuple[VendorKnown, ...]:
    """Every vendor, in one statement: an import compares numbers, and names where there is none."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    has_lead = (
        select(Membership.id)
        .where(Membership.organisation_id == Organisation.id, Membership.role == Role.LEAD)
        .exists()
    )
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.sort_key,
            Organisation.country,
            Organisation.org_number,
            Organisation.group_id,
            Organisation.revision,
            has_lead,
        )
        .where(Organisation.kind == OrganisationKind.VENDOR)
        .order_by(Organisation.id)
    )
    return tuple(VendorKnown(*row) for row in rows)
