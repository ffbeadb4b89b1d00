"""Invitations: sent, sent again, withdrawn, passed on, accepted."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import Invitation, Membership, Organisation, Person
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.queries.once import inviter_of
from pilot.accounts.rules import (
    HANDS_MAX,
    LIVES,
    NORWAY,
    NOTE_MAX,
    USED,
    DeadLink,
    InvitationState,
    LinkPurpose,
)
from pilot.accounts.service import once
from pilot.accounts.service.mail import stop_invitation, tell
from pilot.accounts.service.people import (
    checked_email,
    checked_name,
    keeping_a_lead,
    new_person,
)
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing, Rejected
from pilot.core.policy import Actor, Role, allows, require
from pilot.core.text import clean
from pilot.core.unit import CLASHES, command
from pilot.core.words import say
from pilot.municipalities.models import Municipality
from pilot.municipalities.rules import LanguageForm

PURPOSE = LinkPurpose.INVITATION
TWICE = timedelta(minutes=2)  # a form sent twice within this is one invitation
ALREADY_INVITED = say("Adressen er allerede invitert. Åpne siden på nytt for å se invitasjonen.")
MANY_HANDS = say("Invitasjonen er sendt videre mange ganger. Be avsenderen om en ny.")
CLASHES["uq_invitation_open"] = ALREADY_INVITED
CLASHES["invitation.organisation_id, invitation.address"] = ALREADY_INVITED


@command
def invite(
    actor: Actor,
    organisation_id: int,
    *,
    email: str,
    role: Role,
    note: str = "",
    locale: str = "",
) -> Invitation:
    """Ask an address to act for an organisation. One that is open already is sent anew."""
    require(actor, AccountPermission.ORGANISATION_LEAD, organisation_id)
    organisation = _organisation(organisation_id)
    address, note = checked_email(email), checked_note(note)
    _refuse_member(organisation_id, address)
    invitation = _open_one(organisation_id, address) or Invitation(
        organisation_id=organisation_id,
        address=address,
        locale=locale or _language_of(organisation, address),
        created_at=clock.now(),
    )
    is_twice = invitation.id is not None and invitation.sent_at > clock.now() - TWICE
    if is_twice and (invitation.role, invitation.note) == (role, note):
        return invitation
    invitation.role, invitation.note, invitation.inviter_id = role, note, actor.person_id
    send(actor, invitation, organisation.name, "invitation")
    return invitation


def send(
    actor: Actor, invitation: Invitation, organisation: str, letter: str, **about: Any
) -> None:
    """Mail a new link; links sent before are worth nothing, and what waits of them is stopped."""
    now = clock.now()
    invitation.sent_at, invitation.expires_at = now, now + LIVES[PURPOSE]
    db.session.add(invitation)
    db.session.flush()
    _end(invitation)
    salt = once.make(PURPOSE, subject_id=invitation.id)
    uid = audit.record(actor, f"{letter} sent", invitation, organisation=invitation.organisation_id)
    tell(
        uid,
        letter,
        address=invitation.address,
        locale=invitation.locale,
        note=invitation.note,
        salt=salt,
        invitation=invitation.id,
        organisation=organisation,
        role=invitation.role,
        **({"sender": actor.name, "from_organisation": actor.organisation_name} | about),
    )


@command
def resend_invitation(actor: Actor, invitation_id: int) -> Invitation:
    """Send an open invitation again, with a new link and fourteen new days."""
    invitation = _managed(actor, invitation_id)
    require(actor, AccountPermission.ORGANISATION_LEAD, invitation.organisation_id)
    _refuse_closed(invitation)
    send(actor, invitation, _organisation(invitation.organisation_id).name, "invitation")
    return invitation


@command
def withdraw_invitation(actor: Actor, invitation_id: int) -> Invitation:
    """Take an invitation back; its link is worth nothing from now on."""
    invitation = _managed(actor, invitation_id)
    require(actor, AccountPermission.ORGANISATION_LEAD, invitation.organisation_id)
    _refuse_closed(invitation)
    _close(invitation, InvitationState.REVOKED)
    audit.record(actor, "invitation withdrawn", invitation)
    return invitation


@command
def accept_invitation(actor: Actor, token: str, *, name: str | None, locale: str) -> int:
    """Take an invitation up: a new person, or a new part for one who is here; answers whom."""
    require(actor, AccountPermission.ENTER)
    invitation = _taken(token)
    person = db.session.scalar(
        select(Person).where(Person.email == invitation.address).with_for_update()
    )
    _refuse_another(actor, invitation.address)
    if person is None:
        person = new_person(invitation.address, checked_name(name), locale)
        audit.record(actor, "person added", person)
    if not person.is_active:
        raise Rejected(say("Kontoen din er stengt. Ta kontakt med KS for å åpne den igjen."))
    with keeping_a_lead():
        _join(actor, person, invitation)
    _close(invitation, InvitationState.ACCEPTED)
    invitation.accepted_at, invitation.accepted_by_id = clock.now(), person.id
    audit.record(actor, "invitation accepted", invitation, person=person.id)
    return person.id


def _refuse_another(actor: Actor, address: str) -> None:
    if actor.person_id is None:
        return
    own = db.session.scalar(select(Person.email).where(Person.id == actor.person_id))
    if own != address:
        raise Rejected(
            say(
                "Invitasjonen gjelder %(invited)s, men du er logget inn som %(own)s. Logg ut "
                "først, eller send invitasjonen videre til riktig adresse.",
                invited=address,
                own=own,
            )
        )


def _join(actor: Actor, person: Person, invitation: Invitation) -> None:
    """A lead stays a lead, whatever else one is invited to."""
    have = db.session.scalar(
        select(Membership).where(
            Membership.person_id == person.id,
            Membership.organisation_id == invitation.organisation_id,
        )
    )
    membership = have or Membership(
        person_id=person.id, organisation_id=invitation.organisation_id, role=invitation.role
    )
    if membership.role is not Role.LEAD:
        membership.role = invitation.role
    db.session.add(membership)
    audit.record(actor, "membership added", membership, person=person.id, role=membership.role)


@command
def pass_on_invitation(actor: Actor, token: str, *, email: str) -> Invitation:
    """Send an invitation on to the right colleague; the link one got dies, the chain is kept."""
    require(actor, AccountPermission.ENTER)
    invitation = _taken(token)
    address = checked_email(email)
    if address == invitation.address:
        raise Rejected(say("Dette er adressen invitasjonen ble sendt til."), "email")
    if invitation.hands >= HANDS_MAX:
        raise Rejected(MANY_HANDS, "email")
    organisation = _organisation(invitation.organisation_id)
    _close(invitation, InvitationState.REVOKED)
    db.session.flush()
    following = _open_one(organisation.id, address) or Invitation(
        organisation_id=organisation.id,
        address=address,
        locale=invitation.locale,
        created_at=clock.now(),
        role=invitation.role,
        note=invitation.note,
        inviter_id=invitation.inviter_id,
        hands=invitation.hands + 1,
        passed_from_id=invitation.id,
    )
    first = inviter_of(following.inviter_id)
    send(actor, following, organisation.name, "passed_on", sender=invitation.address, **first)
    return following


def _taken(token: str) -> Invitation:
    link = once.use_up(PURPOSE, token)
    found = db.session.get(Invitation, link.subject_id or 0, with_for_update=True)
    if found is None or found.state is not InvitationState.SENT:
        raise DeadLink(USED)
    return found


def _managed(actor: Actor, invitation_id: int) -> Invitation:
    found = db.session.get(Invitation, invitation_id, with_for_update=True)
    if found is None or not allows(
        actor, AccountPermission.ORGANISATION_READ, found.organisation_id
    ):
        raise Missing
    return found


def _refuse_closed(invitation: Invitation) -> None:
    if invitation.state is not InvitationState.SENT:
        raise Conflict(say("Invitasjonen er ikke åpen lenger. Last siden på nytt for å se status."))


def _close(invitation: Invitation, state: InvitationState) -> None:
    invitation.state = state
    _end(invitation)


def _end(invitation: Invitation) -> None:
    once.end_of_subject(PURPOSE, invitation.id)
    stop_invitation(invitation.address, invitation.id)


def _open_one(organisation_id: int, address: str) -> Invitation | None:
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.address == address,
            Invitation.state == InvitationState.SENT,
        )
        .with_for_update()
    )


def _organisation(organisation_id: int) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise Missing
    return found


def checked_note(note: str | None) -> str:
    note = clean(note)
    if len(note) > NOTE_MAX:
        raise Rejected(say("Skriv høyst 600 tegn."), "note")
    return note


def _refuse_member(organisation_id: int, address: str) -> None:
    if belongs(organisation_id, address):
        raise Rejected(say("Personen er allerede med i organisasjonen."), "email")


def belongs(organisation_id: int, address: str) -> bool:
    """Whether the address is of one who has a part in the organisation."""
    found = (
        select(Membership.id)
        .join(Person)
        .where(
            Person.email == address,
            Person.is_active,
            Membership.organisation_id == organisation_id,
            Membership.role.is_not(None),
        )
    )
    return db.session.scalar(found.limit(1)) is not None


def _language_of(organisation: Organisation, address: str) -> str:
    """What the receiver reads: their own choice, else what the organisation asks of the state."""
    known = db.session.scalar(select(Person.locale).where(Person.email == address))
    if known:
        return known
    if organisation.country not in (None, NORWAY):
        return "en"
    form = db.session.scalar(
        select(Municipality.language_form).where(
            Municipality.number == organisation.municipality_number
        )
    )
    return "nn" if form is LanguageForm.NYNORSK else "nb"
