"""Vendors from a table: the firm, its number or that it has none, and whom to write to there."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache

from pilot.accounts import queries, service
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.queries import ContactKnown, VendorKnown
from pilot.accounts.rules import (
    NAME_MAX,
    NORWAY,
    NumberKind,
    looks_like_email,
    normal_email,
    number_words,
)
from pilot.accounts.service.organisations import checked_firm
from pilot.accounts.service.people import keeping_a_lead
from pilot.accounts.service.requests import number_of
from pilot.core.imports import Change, Column, Fault, Importer, Outcome, Plan, Reading, Row
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.core.text import sort_key
from pilot.core.words import LOCALES, Message, say
from pilot.web.i18n import countries

COLUMNS = (
    Column(
        "firm",
        say("Firma"),
        say("Navnet på firmaet."),
        ("firma", "leverandør", "company", "firm", "vendor"),
    ),
    Column(
        "org_number",
        say("Organisasjonsnummer"),
        say("Norsk nummer, ni sifre."),
        ("organisasjonsnummer", "orgnr", "orgnummer", "organisation number"),
        is_required=False,
    ),
    Column(
        "country",
        say("Land"),
        say("Når nummeret er fra et annet land: navnet på landet, eller to bokstaver, som SE."),
        ("land", "country"),
        is_required=False,
    ),
    Column(
        "foreign_number",
        say("Nummer i landet"),
        say("Nummeret firmaet har der."),
        ("nummer i landet", "number in that country"),
        is_required=False,
    ),
    Column(
        "has_none",
        say("Har ikke nummer"),
        say("«Ja» når firmaet ikke har nummer. Da gjelder navnet."),
        ("har ikke nummer", "har ikkje nummer", "has no number"),
        is_required=False,
    ),
    Column(
        "name",
        say("Kontaktperson"),
        say("For- og etternavn."),
        ("kontaktperson", "kontakt", "contact"),
    ),
    Column("email", say("E-post"), say("Jobbadressen."), ("e-post", "epost", "e-mail", "email")),
)
KIND_HINT = say(
    "Skriv det norske nummeret, eller land og nummer i landet, eller «ja» i «Har ikke nummer»."
)


@dataclass(frozen=True)
class Vendor:
    """A row that was understood, and the firm here that it is about."""

    row: int
    firm: str
    country: str | None
    org_number: str | None
    name: str
    email: str
    known: VendorKnown | None


class Register:
    """The vendors that are here: by number, and by name where they have none."""

    def __init__(self, vendors: Sequence[VendorKnown]) -> None:
        vendors = vendors[::-1]  # the oldest is found where two have the same name
        self._numbers = {(v.country, v.org_number): v for v in vendors if v.org_number}
        self._names = {v.sort_key: v for v in vendors if not v.org_number}
        self._numbered = {v.sort_key: v for v in vendors if v.org_number}

    def find(self, firm: str, country: str | None, number: str | None) -> VendorKnown | None:
        """By its number; else the firm of that name without one, which then gets it."""
        numbered = self._numbers.get((country, number)) if number else None
        return numbered or self._names.get(sort_key(firm))

    def numbered(self, firm: str) -> VendorKnown | None:
        return self._numbered.get(sort_key(firm))


def plan(actor: Actor, rows: Sequence[Row]) -> Plan:
    """What the rows would do; two statements, and one more for each 500 addresses."""
    found, faults = _understood(actor, rows)
    people = queries.contacts_known(actor, [vendor.email for vendor in found])
    return Plan([_outcome(vendor, people.get(vendor.email)) for vendor in found], faults)


def apply(actor: Actor, rows: Sequence[Row]) -> None:
    """Add firms and people that are missing, change what is said otherwise of a firm.

    The first contact of a firm leads it, as where it signs up by itself; later ones are members.
    """
    found, _ = _understood(actor, rows)
    people = queries.contacts_known(actor, [vendor.email for vendor in found])
    ids = {email: person.person_id for email, person in people.items()}
    with keeping_a_lead():  # who also acts for a vendor no longer leads at KS
        for vendor in found:
            firm_id = _stored_firm(actor, vendor)
            if vendor.email not in ids:
                ids[vendor.email] = service.add_person(actor, vendor.email, vendor.name).id
            if _is_new_there(vendor, people.get(vendor.email)):
                role = Role.MEMBER if vendor.known and vendor.known.has_lead else Role.LEAD
                person_id = ids[vendor.email]
                service.add_membership(actor, person_id, organisation_id=firm_id, role=role)


def _stored_firm(actor: Actor, vendor: Vendor) -> int:
    known = vendor.known
    if known is None:
        kind, land = OrganisationKind.VENDOR, vendor.country
        added = service.add_organisation(
            actor, kind, vendor.firm, country=land, org_number=vendor.org_number
        )
        return added.id
    if _changes(vendor, known):
        service.edit_organisation(
            actor,
            known.id,
            name=vendor.firm,
            country=vendor.country,
            number=vendor.org_number or "",
            group_id=known.group_id,
            revision=known.revision,
        )
    return known.id


def _understood(actor: Actor, rows: Sequence[Row]) -> tuple[list[Vendor], list[Fault]]:
    register = Register(queries.vendors_known(actor))
    found: list[Vendor] = []
    faults: list[Fault] = []
    seen: dict[Hashable, int] = {}
    for row in rows:
        reading = Reading(row)
        vendor = _read(reading, register, seen)
        faults += reading.faults
        if not reading.faults:
            found.append(vendor)
    return found, faults


def _read(reading: Reading, register: Register, seen: dict[Hashable, int]) -> Vendor:
    row = reading.row
    firm, country, number = row["firm"], None, None
    with reading.refusing("firm"):
        firm = checked_firm(firm)
    email = normal_email(row["email"])
    if not looks_like_email(email):
        reading.wrong("email", say("Skriv en e-postadresse, for eksempel navn@kommune.no."))
    if len(row["name"]) > NAME_MAX:
        reading.wrong("name", say("Kort ned navnet."))
    kind = _kind(reading)
    if kind is not None:
        with reading.refusing():
            country, number = number_of(_typed(row, kind))
    known = register.find(firm, country, number)
    if kind is NumberKind.NONE and known is None:
        _refuse_numbered(reading, register.numbered(firm))
    key = known.id if known else (country, number) if number else sort_key(firm)
    reading.once(seen, key, "firm")
    return Vendor(row.number, firm, country, number, row["name"], email, known)


def _refuse_numbered(reading: Reading, other: VendorKnown | None) -> None:
    """A firm that is here with a number is not taken in once more without."""
    if other is not None:
        words = say(
            "Firmaet er her fra før med nummeret %(number)s. Skriv det.",
            number=number_words(other.country, other.org_number),
        )
        reading.wrong("has_none", words)


def _kind(reading: Reading) -> NumberKind | None:
    """Which of the three the row says; more than one, or none, is to be mended."""
    row, land = reading.row, _country(reading.row["country"])
    if row["country"] and not land:
        reading.wrong("country", say("Skriv landet, som «Sverige» eller «SE»."))
    said = {
        NumberKind.NORWEGIAN: bool(row["org_number"]),
        NumberKind.FOREIGN: bool(row["foreign_number"]) or land not in ("", NORWAY),
        NumberKind.NONE: reading.is_yes("has_none"),
    }
    kinds = [kind for kind, is_said in said.items() if is_said]
    if len(kinds) != 1 and not reading.faults:
        reading.wrong("org_number", KIND_HINT)
    return None if reading.faults else kinds[0]


def _typed(row: Row, kind: NumberKind) -> service.Firm:
    number = row["foreign_number"] if kind is NumberKind.FOREIGN else row["org_number"]
    land = _country(row["country"])
    return service.Firm(name=row["firm"], kind=kind, country=land, number=number)


@cache
def _codes() -> dict[str, str]:
    """Countries by code and by name in each of our languages."""
    named = {name.casefold(): code for tag in LOCALES for code, name in countries(tag)}
    return named | {code.casefold(): code for code in named.values()}


def _country(text: str) -> str:
    """A country's code; empty where no country is meant or known."""
    return _codes().get(text.casefold(), "")


def _changes(vendor: Vendor, known: VendorKnown) -> tuple[tuple[Message, str, str], ...]:
    pairs = (
        (say("Firma"), known.name, vendor.firm),
        (
            say("Nummer"),
            number_words(known.country, known.org_number),
            number_words(vendor.country, vendor.org_number),
        ),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _is_new_there(vendor: Vendor, person: ContactKnown | None) -> bool:
    return vendor.known is None or person is None or vendor.known.id not in person.roles


def _outcome(vendor: Vendor, person: ContactKnown | None) -> Outcome:
    who = f"{vendor.name} ({vendor.email})"
    if vendor.known is None:
        return Outcome(vendor.row, f"{vendor.firm}, {who}", Change.NEW)
    changes = _changes(vendor, vendor.known)
    if _is_new_there(vendor, person):
        changes += ((say("Kontaktperson"), "", who),)
    return Outcome(vendor.row, vendor.firm, Change.CHANGED if changes else Change.SAME, changes)


VENDORS = Importer(
    key="leverandorer",
    name=say("Leverandører"),
    about=say("Én rad for hvert firma. Kontaktpersonen kan logge inn etterpå."),
    columns=COLUMNS,
    permission=AccountPermission.PEOPLE_MANAGE,
    plan=plan,
    apply=apply,
)
