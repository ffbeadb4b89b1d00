"""Contacts of municipalities from a table: who they are, and for which municipality."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from pilot.accounts import queries, service
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.queries import ContactKnown
from pilot.accounts.rules import NAME_MAX, looks_like_email, normal_email
from pilot.core.cells import municipality_number
from pilot.core.imports import Change, Column, Fault, Importer, Outcome, Plan, Reading, Row
from pilot.core.policy import Actor, Role
from pilot.core.words import say
from pilot.web.templating import ROLE_WORDS

COLUMNS = (
    Column(
        "place",
        say("Kommune"),
        say("Kommunenummer med fire siffer, eller navnet."),
        ("kommune", "kommunenummer", "municipality"),
    ),
    Column("name", say("Navn"), say("For- og etternavn."), ("navn", "namn", "name")),
    Column("email", say("E-post"), say("Jobbadressen."), ("e-post", "epost", "e-mail", "email")),
    Column(
        "role",
        say("Rolle"),
        say("«Leder» eller «medlem». Tomt felt betyr medlem."),
        ("rolle", "role"),
        is_required=False,
    ),
)
ROLE_NAMES = {
    "": Role.MEMBER,
    "medlem": Role.MEMBER,
    "member": Role.MEMBER,
    "leder": Role.LEAD,
    "leiar": Role.LEAD,
    "lead": Role.LEAD,
}


@dataclass(frozen=True)
class Contact:
    """A row that was understood."""

    number: int
    organisation_id: int
    organisation: str
    name: str
    email: str
    role: Role


def plan(actor: Actor, rows: Sequence[Row]) -> Plan:
    """What the rows would do; two statements for any number of rows."""
    found, faults = _understood(actor, rows)
    known = queries.contacts_known(actor, [contact.email for contact in found])
    return Plan([_outcome(contact, known.get(contact.email)) for contact in found], faults)


def apply(actor: Actor, rows: Sequence[Row]) -> None:
    """Add who and what is missing; a name that a person has chosen stays as it is."""
    found, _ = _understood(actor, rows)
    known = queries.contacts_known(actor, [contact.email for contact in found])
    added: dict[str, int] = {email: one.person_id for email, one in known.items()}
    for contact in found:
        if contact.email not in added:
            added[contact.email] = service.add_person(actor, contact.email, contact.name).id
        person = known.get(contact.email)
        held = person.roles.get(contact.organisation_id) if person else None
        if held is None:
            service.add_membership(
                actor,
                added[contact.email],
                organisation_id=contact.organisation_id,
                role=contact.role,
            )
        elif held[1] is not contact.role:
            service.change_role(actor, held[0], role=contact.role)


def _understood(actor: Actor, rows: Iterable[Row]) -> tuple[list[Contact], list[Fault]]:
    places = queries.municipality_organisations(actor)
    found: list[Contact] = []
    faults: list[Fault] = []
    seen: dict[Hashable, int] = {}
    for row in rows:
        place = places.get(municipality_number(row["place"]))
        email = normal_email(row["email"])
        role = ROLE_NAMES.get(row["role"].casefold())
        reading = Reading(row)
        reading.faults += _faults(row, place is not None, email, role)
        if place is not None:
            reading.once(seen, (place[0], email), "email")
        faults += reading.faults
        if not reading.faults and place is not None and role is not None:
            found.append(Contact(row.number, *place, row["name"], email, role))
    return found, faults


def _faults(row: Row, is_place: bool, email: str, role: Role | None) -> list[Fault]:
    rules = (
        ("place", is_place, say("Fant ikke kommunen. Skriv kommunenummeret.")),
        ("email", looks_like_email(email), say("Skriv en e-postadresse, som navn@kommune.no.")),
        ("role", role is not None, say("Skriv «leder» eller «medlem».")),
        ("name", len(row["name"]) <= NAME_MAX, say("Kort ned navnet.")),
    )
    return [Fault(row.number, column, words) for column, is_right, words in rules if not is_right]


def _outcome(contact: Contact, known: ContactKnown | None) -> Outcome:
    title = f"{contact.name} ({contact.email}), {contact.organisation}"
    held = known.roles.get(contact.organisation_id) if known else None
    if held is None:
        return Outcome(contact.number, title, Change.NEW)
    if held[1] is contact.role:
        return Outcome(contact.number, title, Change.SAME)
    before = ROLE_WORDS[held[1]] if held[1] else ""
    change = (say("Rolle"), before, ROLE_WORDS[contact.role])
    return Outcome(contact.number, title, Change.CHANGED, (change,))


CONTACTS = Importer(
    key="kontakter",
    name=say("Kontakter i kommunene"),
    about=say("Én rad for hver person. De kan logge inn med e-postadressen sin etterpå."),
    columns=COLUMNS,
    permission=AccountPermission.PEOPLE_MANAGE,
    plan=plan,
    apply=apply,
)
