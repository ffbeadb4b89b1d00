"""Who acts in the invented stories: contacts of municipalities, KS, NHN."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from pilot.accounts import service as accounts
from pilot.accounts.models import Membership, Organisation, Person
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role

KS_LEAD = "leder@ks.example"
KS_MEMBER = "medarbeider@ks.example"
NHN = "radgiver@nhn.example"

#: Names that say they are invented.
GIVEN = ("Nils", "Eli", "Arne", "Marit", "Tor", "Gunn", "Leif", "Solveig", "Odd", "Randi")
FAMILY = ("Eksempelstad", "Prøveland", "Testnes", "Demodal", "Øvingsmo", "Skissheim", "Utkastvik")


@dataclass(frozen=True)
class Cast:
    """The actors by address, and those of municipalities by number."""

    by_address: dict[str, Actor]
    by_municipality: dict[str, Actor]

    @property
    def ks(self) -> tuple[Actor, Actor]:
        return self.by_address[KS_LEAD], self.by_address[KS_MEMBER]

    @property
    def nhn(self) -> Actor:
        return self.by_address[NHN]


def address_of(number: str) -> str:
    return f"kontakt@{number}.kommune.example"


def cast(*, domain: str = "%.example") -> Cast:
    """The people whose address ends so, each as they act, in one statement."""
    rows = db.session.execute(
        select(Person.email, Person.id, Person.name, Membership.role, Organisation)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Person.email.like(domain), Membership.role.is_not(None))
        .order_by(Membership.id)
    ).all()
    found = {row.email: _actor(row.id, row.name, row.role, row.Organisation) for row in rows}
    places = {
        actor.municipality_number: actor
        for actor in reversed(found.values())  # the first contact of a place speaks for it
        if actor.kind is OrganisationKind.MUNICIPALITY and actor.municipality_number
    }
    return Cast(found, places)


def _actor(person_id: int, name: str, role: Role | None, organisation: Organisation) -> Actor:
    return Actor(
        person_id=person_id,
        name=name,
        role=role,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        kind=organisation.kind,
        municipality_number=organisation.municipality_number,
    )


def add_contacts(numbers: Iterable[str], password_hash: str) -> int:
    """A contact for each municipality that has none yet: somebody wrote its stories."""
    have = cast().by_municipality
    missing = [number for number in dict.fromkeys(numbers) if number not in have]
    organisations = {
        row.municipality_number: row.id
        for row in db.session.scalars(
            select(Organisation).where(Organisation.kind == OrganisationKind.MUNICIPALITY)
        )
    }
    system = Actor.system()
    for at, number in enumerate(missing):
        name = f"{GIVEN[at % len(GIVEN)]} {FAMILY[at % len(FAMILY)]}"
        person = accounts.add_person(system, address_of(number), name, password_hash=password_hash)
        accounts.add_membership(
            system, person.id, organisation_id=organisations[number], role=Role.LEAD
        )
    return len(missing)
