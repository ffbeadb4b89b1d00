"""Which organisations are meant, and who in them gets mail: many at once, in one statement."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.accounts.queries import Recipient
from pilot.candidates.models import Candidate
from pilot.candidates.permissions import CandidatePermission
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, require
from pilot.core.words import DEFAULT_LOCALE
from pilot.municipalities.models import County, Municipality


@dataclass(frozen=True)
class Place:
    """A municipality that KS may invite."""

    organisation_id: int
    number: str
    name: str
    has_contact: bool
    is_in: bool  # has a candidate in the round already


def contacts(organisation_ids: Iterable[int]) -> dict[int, list[Recipient]]:
    """The people of each organisation who have a part in the project."""
    rows = db.session.execute(
        select(Membership.organisation_id, Person.id, Person.email, Person.name, Person.locale)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id.in_(list(organisation_ids)),
            Membership.role.is_not(None),
            Person.is_active,
        )
        .order_by(Person.id)
    )
    found: dict[int, list[Recipient]] = {}
    for organisation_id, person_id, address, name, locale in rows:
        person = Recipient(person_id, address, name, locale or DEFAULT_LOCALE)
        found.setdefault(organisation_id, []).append(person)
    return found


def places(
    actor: Actor, round_id: int, numbers: Collection[str], counties: Collection[str]
) -> tuple[Place, ...]:
    """The municipalities with these numbers or in these counties, by county and name."""
    require(actor, CandidatePermission.HANDLE)
    has_contact = (
        select(Membership.id)
        .where(Membership.organisation_id == Organisation.id, Membership.role.is_not(None))
        .exists()
    )
    is_in = (
        select(Candidate.id)
        .where(Candidate.organisation_id == Organisation.id, Candidate.round_id == round_id)
        .exists()
    )
    rows = db.session.execute(
        select(Organisation.id, Municipality.number, Municipality.name_unique, has_contact, is_in)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .join(County, County.number == Municipality.county_number)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Municipality.number.in_(numbers) | Municipality.county_number.in_(counties),
        )
        .order_by(County.sort_key, Municipality.sort_key, Municipality.number)
    )
    return tuple(Place(*row) for row in rows)


def organisation_of(number: str) -> int | None:
    """The organisation of a municipality, by its number."""
    return db.session.scalar(
        select(Organisation.id).where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Organisation.municipality_number == number,
        )
    )


def email_of(actor: Actor) -> str:
    """The actor's own address, to fill in for them."""
    found = select(Person.email).where(Person.id == actor.person_id)
    return db.session.scalar(found) or ""
