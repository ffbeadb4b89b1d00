"""Registering people for a session, changing and cancelling it; the line keeps its order.

Whoever registers locks the session's row first. So places are given one at a time, in the order
that people came, and a place that is freed goes to the first in line before anybody else asks.
"""

from dataclasses import dataclass

from pilot.accounts.models import Organisation
from pilot.accounts.rules import looks_like_email, normal_email
from pilot.core import audit, clock
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import HOLDS_IDENTITY_NUMBER, clean, holds_identity_number
from pilot.core.unit import CLASHES, command
from pilot.core.words import DEFAULT_LOCALE, locale_or_default, say, say_many
from pilot.dialogue import queries
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.permissions import DialoguePermission
from pilot.dialogue.rules import NAME_MAX, Fault, MailKind, RegistrationState, too_long
from pilot.dialogue.service.steps import (
    Faulty,
    already,
    give_freed_places,
    has_room,
    new_calendar_uid,
    refuse_begun,
    refuse_closed,
    send_receipt,
    tell,
)

TWICE = say("Personen er allerede påmeldt.")
for constraint in (
    "uq_dialogue_registration_address",
    "uq_dialogue_registration_person",
    "dialogue_registration.session_id, dialogue_registration.organisation_id",
    "dialogue_registration.session_id, dialogue_registration.person_id",
):
    CLASHES[constraint] = TWICE


@dataclass(frozen=True)
class Who:
    """A person to register: oneself where no address is given."""

    name: str = ""
    address: str = ""
    locale: str = DEFAULT_LOCALE

    @property
    def is_self(self) -> bool:
        return not self.name and not self.address


@command
def register(
    actor: Actor, session_id: int, who: Who, *, form_key: str | None = None
) -> DialogueRegistration:
    """Register oneself, or a colleague by name and e-mail, for the vendor one acts for."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.REGISTER, session)
    organisation = db.session.get_one(Organisation, actor.organisation_id)
    who, person_id = _named(actor, session, organisation, who)
    stored = queries.active_for(session.id, organisation.id, who.address)
    if stored is not None and form_key and stored.form_key == form_key:
        return stored  # the same form, sent twice
    refuse_closed(session)
    _refuse_taken(session, organisation, who, stored)
    registration = _blank(actor, session, organisation, who, person_id)
    registration.form_key = form_key
    return _enter(actor, session, registration)


@command
def register_for(
    actor: Actor,
    session_id: int,
    who: Who,
    *,
    organisation_id: int,
    behalf: Behalf,
    form_key: str | None = None,
) -> DialogueRegistration:
    """Register someone for a vendor that has told KS; the vendor gets a receipt it can correct."""
    session = queries.visible_session(actor, session_id, for_update=True)
    require(actor, DialoguePermission.REGISTER_FOR, session)
    organisation = queries.vendor(organisation_id)
    if organisation is None:
        raise Rejected(say("Velg en leverandør fra listen."), "organisation_id")
    who = _typed(who)
    stored = queries.active_for(session.id, organisation.id, who.address)
    if stored is not None and form_key and stored.form_key == form_key:
        return stored
    refuse_closed(session)
    _refuse_taken(session, organisation, who, stored)
    person_id = _linked(session, organisation, who.address)
    registration = _blank(actor, session, organisation, who, person_id)
    registration.form_key, registration.behalf = form_key, behalf
    return _enter(actor, session, registration)


@command
def change_registration(actor: Actor, registration_id: int, who: Who) -> DialogueRegistration:
    """Mend a name, or let a colleague come instead: the place, or the place in line, is kept."""
    registration = queries.visible_registration(actor, registration_id, for_update=True)
    require(actor, DialoguePermission.CHANGE, registration)
    session = queries.visible_session(actor, registration.session_id)
    _refuse_gone(registration)
    refuse_begun(session)
    who = _typed(who)
    if who.address == registration.address:
        registration.name = who.name
        audit.record(actor, "registration changed", registration, fields=["name"])
        return registration
    stored = queries.active_for(session.id, registration.organisation_id, who.address)
    if stored is not None:
        raise Rejected(already(stored.name), "address")
    _hand_over(actor, session, registration, who)
    return registration


@command
def cancel_registration(actor: Actor, registration_id: int) -> DialogueRegistration:
    """Give up a place, or a place in line; a freed place goes to the first in line at once."""
    registration = queries.visible_registration(actor, registration_id, for_update=True)
    require(actor, DialoguePermission.CHANGE, registration)
    session = queries.visible_session(actor, registration.session_id)
    if registration.state is RegistrationState.CANCELLED:
        return registration  # asked twice
    refuse_begun(session)
    uid = audit.record(
        actor, "registration cancelled", registration, before=registration.state.value
    )
    registration.state, registration.changed_at = RegistrationState.CANCELLED, clock.now()
    tell(session, registration, MailKind.LEFT, uid)
    give_freed_places(session)
    return registration


# --- who -----------------------------------------------------------------------------------------


def _named(
    actor: Actor, session: DialogueSession, organisation: Organisation, who: Who
) -> tuple[Who, int | None]:
    """Name and address, and the person of the site they belong to, if it is one of ours."""
    if not who.is_self:
        who = _typed(who)
        return who, _linked(session, organisation, who.address)
    person = queries.person(actor.person_id)
    elsewhere = queries.active_of_person(session.id, person.id)
    if elsewhere is not None and elsewhere.organisation_id != organisation.id:
        raise Rejected(say("Du er allerede påmeldt for en annen organisasjon."))
    return Who(person.name, person.email, person.locale or who.locale), person.id


def _typed(who: Who) -> Who:
    name, address = " ".join(clean(who.name).split()), normal_email(who.address)
    found: list[Fault] = []
    if not name:
        found.append(("name", say("Skriv navnet på den som skal delta.")))
    elif len(name) > NAME_MAX:
        found.append(("name", too_long(len(name), NAME_MAX)))
    if not looks_like_email(address):
        found.append(("address", say("Skriv en e-postadresse, for eksempel navn@firma.no.")))
    elif holds_identity_number(address):
        found.append(("address", HOLDS_IDENTITY_NUMBER))
    if found:
        raise Faulty(found)
    return Who(name, address, locale_or_default(who.locale))


def _linked(session: DialogueSession, organisation: Organisation, address: str) -> int | None:
    """The colleague's own account. One who comes for another organisation already is not linked:
    to say no here would tell this organisation of that one."""
    person = queries.colleague(organisation.id, address)
    if person is None:
        return None
    elsewhere = queries.active_of_person(session.id, person.id)
    return person.id if elsewhere is None else None


def _refuse_taken(
    session: DialogueSession,
    organisation: Organisation,
    who: Who,
    stored: DialogueRegistration | None,
) -> None:
    if stored is not None:
        raise Rejected(already(stored.name), "address")
    quota = session.quota
    if quota is not None and queries.taken_by_group(session.id, organisation) >= quota:
        raise Rejected(
            say_many(
                "Hver leverandør eller hvert konsern kan melde på én.",
                "Hver leverandør eller hvert konsern kan melde på %(n)s.",
                quota,
            )
        )


def _refuse_gone(registration: DialogueRegistration) -> None:
    if registration.state is RegistrationState.CANCELLED:
        raise Rejected(say("Påmeldingen er avmeldt. Meld på på nytt."))


# --- rows ----------------------------------------------------------------------------------------


def _blank(
    actor: Actor,
    session: DialogueSession,
    organisation: Organisation,
    who: Who,
    person_id: int | None,
) -> DialogueRegistration:
    now = clock.now()
    session.last_number += 1
    return DialogueRegistration(
        session_id=session.id,
        organisation_id=organisation.id,
        person_id=person_id,
        name=who.name,
        address=who.address,
        locale=who.locale,
        number=session.last_number,
        registered_by_id=actor.person_id,
        calendar_uid=new_calendar_uid(),
        calendar_sequence=0,
        created_at=now,
        changed_at=now,
    )


def _enter(
    actor: Actor, session: DialogueSession, registration: DialogueRegistration
) -> DialogueRegistration:
    """A place if there is one, else the last place in line; and word of it."""
    is_in = has_room(session)  # nobody waits while there is room
    registration.state = RegistrationState.CONFIRMED if is_in else RegistrationState.WAITLISTED
    db.session.add(registration)
    db.session.flush()
    uid = audit.record(
        actor, f"registration {registration.state}", registration, session=session.id
    )
    tell(session, registration, MailKind(registration.state.value), uid)
    if registration.behalf:
        send_receipt(session, registration, uid)
    return registration


def _hand_over(
    actor: Actor, session: DialogueSession, registration: DialogueRegistration, who: Who
) -> None:
    organisation = db.session.get_one(Organisation, registration.organisation_id)
    uid = audit.record(actor, "registration changed", registration, fields=["person"])
    tell(session, registration, MailKind.LEFT, uid)
    registration.person_id = _linked(session, organisation, who.address)
    registration.name, registration.address = who.name, who.address
    registration.locale, registration.changed_at = who.locale, clock.now()
    registration.calendar_uid, registration.calendar_sequence = new_calendar_uid(), 0
    tell(session, registration, MailKind(registration.state.value), uid)
