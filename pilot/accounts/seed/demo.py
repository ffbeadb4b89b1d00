"""Organisations of the register, and the people, an invitation and a request of the demo."""

from dataclasses import dataclass

from sqlalchemy import select

from pilot.accounts import queries, service
from pilot.accounts.models import Organisation, Person
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
    kind = OrganisationKind
    named = ((kind.KS, KS_NAME), (kind.NATIONAL_PROVIDER, NHN_NAME))
    places = db.session.scalars(select(Municipality).order_by(Municipality.number))
    trusts = db.session.scalars(select(HospitalTrust).order_by(HospitalTrust.key))
    return [
        *(_organisation(one, name) for one, name in named),
        *(
            _organisation(
                kind.MUNICIPALITY,
                f"{place.name_unique} kommune",
                municipality_number=place.number,
                org_number=place.org_number,
            )
            for place in places
        ),
        *(
            _organisation(
                kind.HOSPITAL_TRUST,
                trust.name,
                hospital_trust_key=trust.key,
                org_number=trust.org_number,
            )
            for trust in trusts
        ),
    ]


def _organisation(kind: OrganisationKind, name: str, **more: str | None) -> Organisation:
    return Organisation(kind=kind, name=name, sort_key=sort_key(name), **more)


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
    """The demo's people; and organisations of the municipalities that only the demo has."""
    system = Actor.system()
    for place in db.session.scalars(select(Municipality).where(Municipality.is_invented)).all():
        service.add_organisation(
            system,
            OrganisationKind.MUNICIPALITY,
            f"{place.name_unique} kommune",
            municipality_number=place.number,
        )
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


def demo_invitations(_password_hash: str) -> int:
    """An open invitation, and one who asks for access; both at invented municipalities."""
    lead = db.session.scalars(select(Person.id).where(Person.email == "leder@ks.example")).one()
    ks = queries.actor_of(lead, None, None)
    invented = db.session.scalars(
        select(Organisation)
        .join(Municipality)
        .where(Municipality.is_invented)
        .order_by(Municipality.number)
    ).all()
    if ks is None or len(invented) < 2:
        return 0
    first, second = ((place.id, place.municipality_number) for place in invented[:2])
    note = "Vi vil gjerne høre om dere vil være med på arbeidet med felles journalløft."
    service.invite(
        ks, first[0], email=f"ny.kontakt@{first[1]}.kommune.example", role=Role.LEAD, note=note
    )
    service.ask_for_access(
        Actor(),
        second[1] or "",
        name="Nora Utprøve",
        role_title="rådgiver for e-helse",
        email=f"nora@{second[1]}.kommune.example",
        locale="nb",
    )
    return 2
