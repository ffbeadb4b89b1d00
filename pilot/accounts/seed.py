"""Organisations of the register, and the people of the demo."""

from dataclasses import dataclass

from sqlalchemy import select

from pilot.accounts import service
from pilot.accounts.models import Organisation
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Programme, Role
from pilot.core.text import sort_key
from pilot.core.unit import unit_of_work
from pilot.municipalities.models import HospitalTrust, Municipality

KS_NAME = "KS"
NHN_NAME = "Norsk helsenett"
DEMO_CONTACTS = ("0301", "1103", "4601", "5001", "5501", "3301", "1804", "5603")
DEMO_VENDORS = (("Nordlys EPJ", "nordlys-epj"), ("Fjord Helse", "fjord-helse"))


def organisations(_password_hash: str) -> int:
    """An organisation for KS, NHN, each municipality and each hospital trust; adds the missing."""
    with unit_of_work():
        have = {
            (row.kind, row.municipality_number or row.hospital_trust_key)
            for row in db.session.scalars(select(Organisation))
        }
        wanted = [o for o in _reference() if _identity(o) not in have]
        db.session.add_all(wanted)
    return len(wanted)


def _identity(row: Organisation) -> tuple[OrganisationKind, str | None]:
    return row.kind, row.municipality_number or row.hospital_trust_key


def _reference() -> list[Organisation]:
    rows = [
        Organisation(kind=kind, name=name, sort_key=sort_key(name))
        for kind, name in (
            (OrganisationKind.KS, KS_NAME),
            (OrganisationKind.NATIONAL_PROVIDER, NHN_NAME),
        )
    ]
    for place in db.session.scalars(select(Municipality).order_by(Municipality.number)):
        name = f"{place.name_unique} kommune"
        rows.append(
            Organisation(
                kind=OrganisationKind.MUNICIPALITY,
                name=name,
                sort_key=sort_key(name),
                municipality_number=place.number,
                org_number=place.org_number,
            )
        )
    for trust in db.session.scalars(select(HospitalTrust).order_by(HospitalTrust.key)):
        rows.append(
            Organisation(
                kind=OrganisationKind.HOSPITAL_TRUST,
                name=trust.name,
                sort_key=trust.sort_key,
                hospital_trust_key=trust.key,
                org_number=trust.org_number,
            )
        )
    return rows


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    kind: OrganisationKind
    role: Role | None
    municipality: str | None = None
    vendor: str | None = None
    programme: Programme | None = None


def _demo() -> list[DemoPerson]:
    """Invented people; their names say so."""
    kind = OrganisationKind
    people = [
        DemoPerson("leder@ks.example", "Kari Eksempel", kind.KS, Role.LEAD),
        DemoPerson("medarbeider@ks.example", "Ola Prøve", kind.KS, Role.MEMBER),
        DemoPerson("radgiver@nhn.example", "Mona Demo", kind.NATIONAL_PROVIDER, Role.MEMBER),
        DemoPerson(
            "styringsgruppe@ks.example",
            "Siri Styring",
            kind.KS,
            None,
            programme=Programme.STEERING_GROUP,
        ),
    ]
    names = ("Inga Utkast", "Per Testvik", "Anne Øving", "Jon Prøvesen", "Berit Eksempeldal")
    for at, number in enumerate(DEMO_CONTACTS):
        address = f"kontakt@{number}.kommune.example"
        name = names[at % len(names)]
        people.append(DemoPerson(address, name, kind.MUNICIPALITY, Role.LEAD, municipality=number))
    for at, (vendor, domain) in enumerate(DEMO_VENDORS):
        name = ("Selma Selger", "Frode Fjordmo")[at]
        address = f"selger@{domain}.example"
        people.append(DemoPerson(address, name, kind.VENDOR, Role.LEAD, vendor=vendor))
    return people


def demo_people(password_hash: str) -> int:
    system = Actor.system()
    found = {_identity(row): row.id for row in db.session.scalars(select(Organisation))}
    for person in _demo():
        if person.vendor:
            organisation = service.add_organisation(system, person.kind, person.vendor).id
        else:
            organisation = found[person.kind, person.municipality]
        added = service.add_person(system, person.email, person.name, password_hash=password_hash)
        service.add_membership(system, added.id, organisation_id=organisation, role=person.role)
        if person.programme:
            service.give_programme_role(system, added.id, role=person.programme)
    return len(_demo())
