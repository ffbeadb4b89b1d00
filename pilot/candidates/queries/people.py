"""Which organisations are meant, and who in them gets mail: many at once, in one statement."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, select

from pilot.accounts.models import Invitation, Membership, Organisation, Person
from pilot.accounts.queries import Recipient
from pilot.accounts.rules import InvitationState
from pilot.candidates.models import Candidate
from pilot.candidates.permissions import CandidatePermission
from pilot.core import clock
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, require
from pilot.core.text import sort_key
from pilot.core.words import DEFAULT_LOCALE
from pilot.municipalities.models import County, Municipality


class Reach(StrEnum):
    """Whom KS reaches in an organisation; mail about a round goes to its people."""

    PEOPLE = "people"
    INVITED = "invited"  # someone is asked to take part, and has not answered
    NOBODY = "nobody"


@dataclass(frozen=True)
class Place:
    """A municipality that KS may invite."""

    organisation_id: int
    number: str
    name: str
    reach: Reach
    is_in: bool  # has a candidate in the round already


_TAKES_PART = (Membership.role.is_not(None), Person.is_active)


def reach_of() -> ColumnElement[str]:
    """Whom KS reaches in the `Organisation` of a statement, as a column of it."""
    people = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == Organisation.id, *_TAKES_PART)
    )
    asked = select(Invitation.id).where(
        Invitation.organisation_id == Organisation.id,
        Invitation.state == InvitationState.SENT,
        Invitation.expires_at > clock.now(),
    )
    return case(
        (people.exists(), Reach.PEOPLE.value),
        (asked.exists(), Reach.INVITED.value),
        else_=Reach.NOBODY.value,
    )


def contacts(organisation_ids: Iterable[int]) -> dict[int, list[Recipient]]:
    """The people of each organisation who have a part in the project."""
    rows = db.session.execute(
        select(Membership.organisation_id, Person.id, Person.email, Person.name, Person.locale)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id.in_(list(organisation_ids)),
            *_TAKES_PART,
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
    is_in = (
        select(Candidate.id)
        .where(Candidate.organisation_id == Organisation.id, Candidate.round_id == round_id)
        .exists()
    )
    rows = db.session.execute(
        select(Organisation.id, Municipality.number, Municipality.name_unique, reach_of(), is_in)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .join(County, County.number == Municipality.county_number)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Municipality.number.in_(numbers) | Municipality.county_number.in_(counties),
        )
        .order_by(County.sort_key, Municipality.sort_key, Municipality.number)
    )
    return tuple(
        Place(organisation_id, number, name, Reach(reach), is_in)
        for organisation_id, number, name, reach, is_in in rows
    )


def numbers_of(organisation_ids: Iterable[int]) -> dict[int, str]:
    """The number of the municipality that each organisation is."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.municipality_number).where(
            Organisation.id.in_(list(organisation_ids)),
            Organisation.municipality_number.is_not(None),
        )
    )
    return {organisation_id: number for organisation_id, number in rows if number}


def colleagues(actor: Actor) -> list[tuple[int, str]]:
    """Those who have a part for the organisation one acts for, by name."""
    own = actor.organisation_id
    people = contacts([own]).get(own, []) if own is not None else []
    known = [(one.person_id, one.name) for one in people if one.person_id is not None]
    return sorted(known, key=lambda one: sort_key(one[1]))


def email_of(actor: Actor) -> str:
    """The actor's own address, to fill in for them."""
    found = select(Person.email).where(Person.id == actor.person_id)
    return db.session.scalar(found) or ""
