"""Sessions with their people, written as the commands would have left them; no mail is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.core import audit
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role, Zone
from pilot.core.search import line_of
from pilot.core.text import render_markdown
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import RegistrationState, SessionState, SessionText

LEAD = "leder@ks.example"


@dataclass(frozen=True)
class Guest:
    """Someone to register: a person of a vendor."""

    organisation_id: int
    person_id: int | None
    name: str
    address: str


def lead() -> Actor:
    """The project lead, as they act."""
    row = db.session.execute(
        select(Person.id, Person.name, Membership.organisation_id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.email == LEAD)
    ).one()
    return Actor(
        person_id=row.id,
        name=row.name,
        organisation_id=row.organisation_id,
        kind=OrganisationKind.KS,
        role=Role.LEAD,
    )


def guests(domain: str) -> list[Guest]:
    """The vendors' people whose address ends so."""
    rows = db.session.execute(
        select(Membership.organisation_id, Person.id, Person.name, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.VENDOR, Person.email.endswith(domain))
        .order_by(Person.id)
    )
    return [Guest(*row) for row in rows]


def keep_session(
    actor: Actor, text: SessionText, state: SessionState, *, form_key: str, at: datetime
) -> DialogueSession:
    """A session in a state, with the events that brought it there."""
    is_public = state is not SessionState.DRAFT
    session = DialogueSession(
        organisation_id=actor.organisation_id,
        author_id=actor.person_id,
        form_key=form_key,
        zone=Zone.PUBLIC if is_public else Zone.INTERNAL,
        state=state,
        text_html=render_markdown(text.text),
        search_text=line_of((text.title, text.text, text.place)),
        created_at=at,
        last_number=0,
        **{name: getattr(text, name) for name in text.__dataclass_fields__},
    )
    db.session.add(session)
    db.session.flush()
    audit.record(actor, "session added", session)
    if is_public:
        audit.record(actor, "session published", session)
    return session


def keep_registrations(
    actor: Actor,
    session: DialogueSession,
    people: Sequence[Guest],
    *,
    at: datetime,
    behalf: Behalf | None = None,
    rng: Random | None = None,
) -> None:
    """One after the other, as long as there are places; then they wait. With `rng`, some came."""
    for guest in people:
        session.last_number += 1
        is_in = session.last_number <= session.capacity
        registration = DialogueRegistration(
            session_id=session.id,
            organisation_id=guest.organisation_id,
            person_id=guest.person_id,
            name=guest.name,
            address=guest.address,
            locale="nb",
            state=RegistrationState.CONFIRMED if is_in else RegistrationState.WAITLISTED,
            number=session.last_number,
            attended=bool(rng and is_in and rng.random() < 0.8),
            registered_by_id=actor.person_id if behalf else guest.person_id,
            calendar_uid=f"{session.form_key}-{session.last_number}"[:32],
            calendar_sequence=1,
            created_at=at,
            changed_at=at,
        )
        registration.behalf = behalf
        db.session.add(registration)
        db.session.flush()
        by = Actor(person_id=guest.person_id, organisation_id=guest.organisation_id)
        verb = f"registration {registration.state}"
        audit.record(actor if behalf else by, verb, registration, session=session.id)
