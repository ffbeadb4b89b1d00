"""Steps that the commands share; each runs inside a command's unit of work."""

import uuid
from typing import Any

from pilot.accounts import queries as accounts
from pilot.accounts.models import Person
from pilot.core import audit, clock, outbox
from pilot.core.calendar import EventStatus, Invitation
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor
from pilot.core.words import Message, say
from pilot.dialogue import queries
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import Fault, MailKind, RegistrationState, SessionState

MAIL = "dialogue/mail/session"
LEFT = frozenset({MailKind.LEFT, MailKind.SESSION_CANCELLED})


class Stale(Conflict):
    """The session has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


class Closed(Conflict):
    """The session takes no registrations, or no changes to them."""


def refuse_closed(session: DialogueSession) -> None:
    """Why nobody can register any more, if so."""
    if session.state is SessionState.CANCELLED:
        raise Closed(say("Møtet er avlyst. Ingen kan meldes på."))
    if session.state is SessionState.DRAFT:
        raise Closed(say("Møtet er ikke publisert ennå. Ingen kan meldes på."))
    if session.state is SessionState.HELD or session.times.deadline <= clock.now():
        raise Closed(say("Påmeldingsfristen er ute. Ta kontakt med KS hvis du har spørsmål."))


def refuse_begun(session: DialogueSession) -> None:
    """Until a session begins, one may leave it, also after the deadline."""
    if session.state is SessionState.CANCELLED:
        raise Closed(say("Møtet er avlyst. Du trenger ikke å melde deg av."))
    if session.state is SessionState.HELD or session.starts_at <= clock.now():
        raise Closed(say("Møtet har begynt. Påmeldinger kan ikke endres lenger."))


def has_room(session: DialogueSession) -> bool:
    return queries.confirmed_count(session.id) < session.capacity


def give_freed_places(session: DialogueSession) -> None:
    """Give each free place to the first in line; the session is locked, so the line stands still.

    Done in the transaction that freed the place: at no moment is a place free while someone waits.
    """
    db.session.flush()  # who left has left, before anybody comes in: the database counts too
    if session.state is not SessionState.PUBLISHED or session.starts_at <= clock.now():
        return
    free = session.capacity - queries.confirmed_count(session.id)
    for registration in queries.first_in_line(session.id, max(free, 0)):
        registration.state = RegistrationState.CONFIRMED
        registration.changed_at = clock.now()
        uid = audit.record(Actor.system(), "registration moved up", registration)
        tell(session, registration, MailKind.MOVED_UP, uid)


# --- mail ----------------------------------------------------------------------------------------


def tell(
    session: DialogueSession,
    registration: DialogueRegistration,
    kind: MailKind,
    event_uid: str,
    *,
    note: str = "",
) -> None:
    """A mail to the one who is registered, with a calendar file that follows up the one before."""
    person = _person_of(registration)
    comes = registration.state is RegistrationState.CONFIRMED and kind not in LEFT
    values = facts(session, registration) | {"happened": kind.value}
    if comes:
        values["join_url"] = session.join_url
    if registration.state is RegistrationState.WAITLISTED and kind not in LEFT:
        db.session.flush()
        values["position"] = queries.place_in_line(registration)
    outbox.post(
        event_uid=event_uid,
        person_id=registration.person_id,
        address=registration.address,
        locale=(person.locale if person else None) or registration.locale,
        template=MAIL,
        values=values,
        note=note,
        calendar=_invitation(session, registration, kind),
    )


def _person_of(registration: DialogueRegistration) -> Person | None:
    return queries.person(registration.person_id) if registration.person_id else None


def facts(session: DialogueSession, registration: DialogueRegistration) -> dict[str, Any]:
    """What every mail about a registration holds; not the link."""
    behalf = registration.behalf
    return {
        "title": session.title,
        "session": session.id,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "place": session.place,
        "name": registration.name,
        "channel": behalf.channel.value if behalf else "",
        "received_on": behalf.received_on.isoformat() if behalf else "",
    }


def _invitation(
    session: DialogueSession, registration: DialogueRegistration, kind: MailKind
) -> Invitation:
    """The next file of this registration: the same UID, a higher number."""
    invitation = Invitation(
        uid=registration.calendar_uid,
        sequence=registration.calendar_sequence,
        status=_status(registration, kind),
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        path=f"/leverandordialog/okter/{session.id}",
        name=registration.name,
    )
    registration.calendar_sequence += 1
    return invitation


def _status(registration: DialogueRegistration, kind: MailKind) -> EventStatus:
    if kind in LEFT:
        return EventStatus.CANCELLED
    if registration.state is RegistrationState.WAITLISTED:
        return EventStatus.TENTATIVE
    return EventStatus.CONFIRMED


def send_receipt(
    session: DialogueSession, registration: DialogueRegistration, event_uid: str
) -> None:
    """To the organisation's people, of what KS has entered for it; the link is not in it."""
    values = facts(session, registration) | {
        "happened": MailKind.RECEIPT.value,
        "state": registration.state.value,
    }
    for person in accounts.recipients(registration.organisation_id):
        if person.address == registration.address:
            continue  # gets the mail with the calendar file
        outbox.post(
            event_uid=event_uid,
            person_id=person.person_id,
            address=person.address,
            locale=person.locale,
            template=MAIL,
            values=values,
        )


def new_calendar_uid() -> str:
    return uuid.uuid4().hex


def already(name: str) -> Message:
    return say("%(name)s er allerede påmeldt.", name=name)
