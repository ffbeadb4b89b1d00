"""Organisations of the register, and the people of the demo."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sqlalchemy import select

from pilot.accounts import service
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


# --- a large number of people ----------------------------------------------------------------

LARGE_DOMAIN = "stor.example"
CHUNK = 100  # people stored in one unit, so that a running site's writers get in between
PAUSE = 0.12  # seconds; SQLite's writers look for a free moment every tenth of a second
PARTICIPANTS = 600
#: 400 vendors: every first word with every second one. No such firms are meant.
_FIRMS = (
    "Tiriltunge Blåklokke Reinrose Mjødurt Kvitveis Smørbukk Rødsvingel Hestehov Geitrams "
    "Fjellsmelle Tettegras Duskull Skrubbær Krekling Multebær Røsslyng Kattefot Engsyre Linnea "
    "Myrull",
    "Journal Helsedata Omsorg Pleieplan Integrasjon Meldinger Velferd Klinikk Legemidler Hjemme "
    "Samhandling Alarm Måledata Sikkerhet Analyse Mobil Arkiv Timebok Health Care",
)
_GIVEN = (
    "Aud",
    "Bjarne",
    "Cecilie",
    "Dag",
    "Elin",
    "Finn",
    "Guri",
    "Håkon",
    "Ida",
    "Jens",
    "Kjersti",
)
_FAMILY = ("Stormo", "Stornes", "Storvik", "Storli", "Storhaug", "Storbakken", "Storå")
#: One of each kind that the register has not; workshops and consultations reach them too.
_OTHERS = (
    (OrganisationKind.AUTHORITY, "Eksempeldirektoratet"),
    (OrganisationKind.COUNTY, "Eksempel fylkeskommune"),
    (OrganisationKind.JOINT_BODY, "Eksempelregionen interkommunale samarbeid"),
    (OrganisationKind.GP_OR_PRIVATE_PROVIDER, "Eksempelveien legesenter"),
    (OrganisationKind.USER_ORGANISATION, "Eksempelforeningen for pasienter og pårørende"),
    (OrganisationKind.UNION_OR_PROFESSION, "Eksempelforbundet"),
    (OrganisationKind.RESEARCH, "Eksempeluniversitetet"),
)


@dataclass(frozen=True)
class LargePerson:
    """Someone of the large site; `vendor` names a firm that is added with them."""

    email: str
    name: str
    role: Role
    organisation_id: int = 0
    vendor: str = ""


def large_people(password_hash: str) -> int:
    """400 vendors, a contact in each of the 357, 600 participants; adds the missing only."""
    kept = select(Person.email).where(Person.email.endswith(f"@{LARGE_DOMAIN}"))
    have = set(db.session.scalars(kept))
    _add_others()
    missing = [person for person in _large() if person.email not in have]
    for begin in range(0, len(missing), CHUNK):
        with unit_of_work():
            for person in missing[begin : begin + CHUNK]:
                _add_large(person, password_hash)
        time.sleep(PAUSE)
    return len(missing)


def _add_others() -> None:
    """The organisations of other kinds, which participants come from too."""
    names = set(db.session.scalars(select(Organisation.name)))
    with unit_of_work():
        for kind, name in _OTHERS:
            if name not in names:
                service.add_organisation(Actor.system(), kind, name)


def _add_large(person: LargePerson, password_hash: str) -> None:
    system = Actor.system()
    organisation = person.organisation_id
    if person.vendor:
        vendor = OrganisationKind.VENDOR
        organisation = service.add_organisation(system, vendor, person.vendor).id
    added = service.add_person(system, person.email, person.name, password_hash=password_hash)
    service.add_membership(system, added.id, organisation_id=organisation, role=person.role)


def _large() -> Iterator[LargePerson]:
    for at, (first, second) in enumerate(product(*(words.split() for words in _FIRMS)), 1):
        yield LargePerson(
            f"leverandor-{at:03d}@{LARGE_DOMAIN}", _name(at), Role.LEAD, vendor=f"{first} {second}"
        )
    register = select(Organisation).join(Municipality).where(~Municipality.is_invented)
    places = db.session.scalars(register.order_by(Municipality.number)).all()
    for at, place in enumerate(places):
        address = f"kommune-{place.municipality_number}@{LARGE_DOMAIN}"
        yield LargePerson(address, _name(at), Role.LEAD, place.id)
    homes = _homes([place.id for place in places])
    for at in range(1, PARTICIPANTS + 1):
        address = f"deltaker-{at:03d}@{LARGE_DOMAIN}"
        yield LargePerson(address, _name(at), Role.MEMBER, homes[at % len(homes)])


def _homes(places: list[int]) -> list[int]:
    """Where participants come from: mostly municipalities, then the other public parties."""
    kinds = [kind for kind, _ in _OTHERS]
    kinds += [OrganisationKind.HOSPITAL_TRUST, OrganisationKind.NATIONAL_PROVIDER]
    others = select(Organisation.id).where(Organisation.kind.in_(kinds))
    return places + list(db.session.scalars(others.order_by(Organisation.id)))


def _name(at: int) -> str:
    """A name that says it is invented; the same for the same number."""
    return f"{_GIVEN[at % len(_GIVEN)]} {_FAMILY[at // len(_GIVEN) % len(_FAMILY)]}"
