"""A large number of people: vendors, contacts, participants; all of them invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sqlalchemy import select

from pilot.accounts import service
from pilot.accounts.models import Organisation, Person
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.core.unit import unit_of_work
from pilot.municipalities.models import Municipality

LARGE_DOMAIN = "stor.example"
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
    return in_pieces(missing, one_by_one(lambda person: _add_large(person, password_hash)))


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
