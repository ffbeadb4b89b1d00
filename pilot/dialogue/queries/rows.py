"""Rows for the commands, and the conditions that all reading shares."""

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.core.db import ID_MOST, db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, OrganisationKind
from pilot.core.policy.zones import clause
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import RegistrationState

Registration = DialogueRegistration
ACTIVE = (RegistrationState.CONFIRMED, RegistrationState.WAITLISTED)


def visible_session(actor: Actor, session_id: int, *, for_update: bool = False) -> DialogueSession:
    """A session the actor may know of; locked, it is the turnstile of its registrations."""
    wanted = select(DialogueSession).where(
        DialogueSession.id == min(session_id, ID_MOST), clause(actor, DialogueSession)
    )
    if for_update:
        wanted = wanted.with_for_update()
    found = db.session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def visible_registration(
    actor: Actor, registration_id: int, *, for_update: bool = False
) -> DialogueRegistration:
    """A registration the actor may know of: one's own, the organisation's, or for KS any.

    For update, the session is locked first and the row read anew: they always go in that order.
    """
    found = db.session.scalar(
        select(Registration).where(Registration.id == min(registration_id, ID_MOST), known(actor))
    )
    if found is None:
        raise Missing
    if for_update:
        db.session.get_one(DialogueSession, found.session_id, with_for_update=True)
        db.session.refresh(found)
    return found


def known(actor: Actor) -> ColumnElement[bool]:
    """Which registrations the actor may know of."""
    return or_(clause(actor, Registration), mine(actor))


def mine(actor: Actor) -> ColumnElement[bool]:
    """The registrations of the person; also one made by e-mail before they had an account."""
    if actor.person_id is None:
        return false()
    own_address = select(Person.email).where(Person.id == actor.person_id).scalar_subquery()
    by_mail = and_(Registration.person_id.is_(None), Registration.address == own_address)
    return or_(Registration.person_id == actor.person_id, by_mail)


def confirmed_count(session_id: int) -> int:
    wanted = select(func.count(Registration.id)).where(
        Registration.session_id == session_id, Registration.state == RegistrationState.CONFIRMED
    )
    return db.session.scalar(wanted) or 0


def place_in_line(registration: DialogueRegistration) -> int:
    """One's place among those who wait, from one."""
    wanted = select(func.count(Registration.id)).where(
        Registration.session_id == registration.session_id,
        Registration.state == RegistrationState.WAITLISTED,
        Registration.number <= registration.number,
    )
    return db.session.scalar(wanted) or 0


def first_in_line(session_id: int, most: int) -> list[DialogueRegistration]:
    """Those whose turn it is, the first in line first."""
    wanted = select(Registration).where(
        Registration.session_id == session_id, Registration.state == RegistrationState.WAITLISTED
    )
    return list(db.session.scalars(wanted.order_by(Registration.number).limit(most)))


def active(session_id: int) -> list[DialogueRegistration]:
    """All who come or wait, in the order they came."""
    wanted = select(Registration).where(
        Registration.session_id == session_id, Registration.state.in_(ACTIVE)
    )
    return list(db.session.scalars(wanted.order_by(Registration.number)))


def taken_by_group(session_id: int, organisation: Organisation) -> int:
    """How many come or wait for an organisation and those of its group."""
    head = organisation.group_id or organisation.id
    wanted = (
        select(func.count(Registration.id))
        .join(Organisation, Organisation.id == Registration.organisation_id)
        .where(
            Registration.session_id == session_id,
            Registration.state.in_(ACTIVE),
            or_(Organisation.id == head, Organisation.group_id == head),
        )
    )
    return db.session.scalar(wanted) or 0


def active_for(session_id: int, organisation_id: int, address: str) -> DialogueRegistration | None:
    """Who comes or waits for an organisation under an address."""
    return db.session.scalar(
        select(Registration).where(
            Registration.session_id == session_id,
            Registration.organisation_id == organisation_id,
            Registration.address == address,
            Registration.state.in_(ACTIVE),
        )
    )


def active_of_person(session_id: int, person_id: int) -> DialogueRegistration | None:
    """Where a person of the site comes or waits, for whatever organisation."""
    return db.session.scalar(
        select(Registration).where(
            Registration.session_id == session_id,
            Registration.person_id == person_id,
            Registration.state.in_(ACTIVE),
        )
    )


def session_of_form(actor: Actor, form_key: str | None) -> DialogueSession | None:
    """The session that a form has made already, by the one who sent it."""
    if form_key is None:
        return None
    return db.session.scalar(
        select(DialogueSession).where(
            DialogueSession.author_id == actor.person_id, DialogueSession.form_key == form_key
        )
    )


def vendor(organisation_id: int) -> Organisation | None:
    """A vendor of the register."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.id == min(organisation_id, ID_MOST),
            Organisation.kind == OrganisationKind.VENDOR,
        )
    )


def person(person_id: int | None) -> Person:
    return db.session.get_one(Person, person_id)


def colleague(organisation_id: int, address: str) -> Person | None:
    """Who in an organisation has an address; what others have is not told."""
    return db.session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.email == address,
            Person.is_active,
            Membership.organisation_id == organisation_id,
        )
    )
