"""Changing organisations and the groups they belong to."""

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.rules import (
    NAME_MAX,
    NORWAY,
    NUMBER_MAX,
    REGISTERED,
    foreign_number,
    organisation_number,
)
from pilot.core import audit
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind, require
from pilot.core.text import HOLDS_IDENTITY_NUMBER, clean, holds_identity_number, sort_key
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

NUMBER_TAKEN = say("Nummeret står allerede på en annen leverandør. Søk opp den i stedet.")
CLASHES["uq_organisation_vendor_number"] = NUMBER_TAKEN
CLASHES["organisation.country, organisation.org_number"] = NUMBER_TAKEN  # as SQLite names it

Number = tuple[str, str] | tuple[None, None]


class Stale(Conflict):
    """The organisation has changed since the form was opened; nothing was stored."""


@command
def add_organisation(
    actor: Actor,
    kind: OrganisationKind,
    name: str,
    *,
    municipality_number: str | None = None,
    hospital_trust_key: str | None = None,
    org_number: str | None = None,
    country: str | None = None,
) -> Organisation:
    """Add an organisation; a municipality has one, by its number."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    name = clean(name)
    organisation = Organisation(
        kind=kind,
        name=name,
        sort_key=sort_key(name),
        municipality_number=municipality_number,
        hospital_trust_key=hospital_trust_key,
        country=country,
        org_number=org_number,
    )
    db.session.add(organisation)
    db.session.flush()  # the caller may need its number before the unit ends
    audit.record(actor, "organisation added", organisation, kind=kind)
    return organisation


@command
def register_organisation(
    actor: Actor, kind: OrganisationKind, name: str, *, country: str | None, number: str
) -> Organisation:
    """Add an organisation that someone at KS has typed; the register's own kinds are not typed."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    if kind in REGISTERED:
        raise Rejected(say("Denne typen kommer fra registeret. Velg en annen."), "kind")
    name, (land, digits) = checked_firm(name, "name"), checked_number(country, number)
    _refuse_taken(land, digits, None)
    return add_organisation(actor, kind, name, country=land, org_number=digits)


@command
def edit_organisation(
    actor: Actor,
    organisation_id: int,
    *,
    name: str,
    country: str | None,
    number: str,
    group_id: int | None,
    revision: int,
) -> Organisation:
    """Change a name, a number or the group; `Stale` when someone changed it after `revision`."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    organisation = db.session.get(Organisation, organisation_id, with_for_update=True)
    if organisation is None:
        raise Missing
    if organisation.kind in REGISTERED:
        raise Rejected(say("Navn og nummer kommer fra registeret og endres ikke her."))
    if organisation.revision != revision:
        raise Stale(say("Noen endret organisasjonen mens du skrev."))
    name, (land, digits) = checked_firm(name, "name"), checked_number(country, number)
    _refuse_taken(land, digits, organisation_id)
    organisation.name, organisation.sort_key = name, sort_key(name)
    organisation.country, organisation.org_number = land, digits
    organisation.group_id = _head_of(organisation, group_id)
    organisation.revision += 1
    audit.record(actor, "organisation changed", organisation, group=organisation.group_id)
    return organisation


def checked_firm(name: str | None, field: str = "firm") -> str:
    """A name as it is stored; refused where there is none."""
    name = " ".join(clean(name).split())
    if not name or len(name) > NAME_MAX:
        raise Rejected(say("Skriv navnet på organisasjonen, høyst 120 tegn."), field)
    return name


def checked_number(country: str | None, number: str | None, field: str = "number") -> Number:
    """Country and number as they are stored and compared; both none where no number is given."""
    if not clean(number):
        return None, None
    if country in (None, "", NORWAY):
        digits = organisation_number(number or "")
        if digits is None:
            raise Rejected(
                say(
                    "Organisasjonsnummeret stemmer ikke. Skriv de ni sifrene slik de står i "
                    "Brønnøysundregistrene."
                ),
                field,
            )
        return NORWAY, digits
    if holds_identity_number(number or ""):
        raise Rejected(HOLDS_IDENTITY_NUMBER, field)
    found = foreign_number(number or "")
    if not 2 <= len(found) <= NUMBER_MAX:
        raise Rejected(say("Skriv nummeret med 2 til 20 bokstaver og sifre."), field)
    return country, found


def _refuse_taken(country: str | None, number: str | None, own_id: int | None) -> None:
    taken = vendor_with(country, number)
    if taken not in (None, own_id):
        raise Rejected(NUMBER_TAKEN, "number")


def vendor_with(country: str | None, number: str | None) -> int | None:
    """The vendor that a number belongs to."""
    if number is None:
        return None
    return db.session.scalar(
        select(Organisation.id).where(
            Organisation.kind == OrganisationKind.VENDOR,
            Organisation.country == country,
            Organisation.org_number == number,
        )
    )


def _head_of(organisation: Organisation, group_id: int | None) -> int | None:
    """The head of a group: one step up, never a chain, never oneself."""
    if group_id is None or group_id == organisation.id:
        return None
    head = db.session.get(Organisation, group_id)
    if head is None or not (_is_vendor(head) and _is_vendor(organisation)):
        raise Rejected(say("Velg en leverandør fra listen."), "group_id")
    has_members = select(Organisation.id).where(Organisation.group_id == organisation.id).limit(1)
    if head.group_id is not None or db.session.scalar(has_members) is not None:
        raise Rejected(
            say("Velg morselskapet i konsernet. Et morselskap kan ikke ligge under et annet."),
            "group_id",
        )
    return head.id


def _is_vendor(organisation: Organisation) -> bool:
    return organisation.kind is OrganisationKind.VENDOR
