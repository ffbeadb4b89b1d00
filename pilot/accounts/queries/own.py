"""What the site keeps about a person, for that person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from pilot.accounts.links import token_hash
from pilot.accounts.models import (
    ApiToken,
    Confirmation,
    Invitation,
    JoinRequest,
    OpenSession,
    Organisation,
    Person,
)
from pilot.accounts.rules import MailRhythm
from pilot.core import clock
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor, OrganisationKind, Role
from pilot.core.registry import Kept

TOLD = ("name", "email", "locale", "mail_rhythm", "is_active", "session_epoch", "created_at")
#: A session without use ends after twelve hours; older ones in the list are most likely over.
SHOWN = timedelta(days=14)
MOST = 50


@dataclass(frozen=True)
class OwnSession:
    id: int
    device: str
    started_at: datetime
    is_this: bool


@dataclass(frozen=True)
class OwnToken:
    id: int
    organisation: str
    created_at: datetime


@dataclass(frozen=True)
class OwnMembership:
    organisation_id: int
    organisation: str
    kind: OrganisationKind
    role: Role | None


@dataclass(frozen=True)
class OwnPage:
    name: str
    address: str
    locale: str
    rhythm: MailRhythm
    has_password: bool
    sessions: tuple[OwnSession, ...]
    tokens: tuple[OwnToken, ...]
    memberships: tuple[OwnMembership, ...]


def own_page(actor: Actor, session_id: str) -> OwnPage:
    """A person's own page: three statements beside the person."""
    person = db.session.get_one(Person, actor.person_id)
    tokens = db.session.execute(
        select(ApiToken.id, Organisation.name, ApiToken.created_at)
        .join(Organisation, Organisation.id == ApiToken.organisation_id)
        .where(ApiToken.person_id == actor.person_id)
        .order_by(ApiToken.id.desc())
        .limit(MOST)
    )
    return OwnPage(
        name=person.name,
        address=person.email,
        locale=person.locale or "nb",
        rhythm=person.mail_rhythm,
        has_password=person.password_hash is not None,
        sessions=_sessions(actor, session_id),
        tokens=tuple(OwnToken(*row) for row in tokens),
        memberships=tuple(
            OwnMembership(one.id, one.name, one.kind, one.role) for one in actor.choices
        ),
    )


def _sessions(actor: Actor, session_id: str) -> tuple[OwnSession, ...]:
    own = token_hash(session_id)
    rows = db.session.scalars(
        select(OpenSession)
        .where(
            OpenSession.person_id == actor.person_id,
            OpenSession.started_at > clock.now() - SHOWN,
        )
        .order_by(OpenSession.id.desc())
        .limit(MOST)
    )
    return tuple(
        OwnSession(row.id, row.device, row.started_at, row.session_hash == own) for row in rows
    )


# --- all of it, to take along ----------------------------------------------------------------


def kept_of(actor: Actor) -> Kept:
    """All that accounts and the outbox keep about the actor, by kind; hashes are left out."""
    person = db.session.get_one(Person, actor.person_id)
    own = {field: getattr(person, field) for field in TOLD}
    parts = [{"name": one.name, "kind": one.kind, "role": one.role} for one in actor.choices]
    wanted = _of_the_person(person.id) | _of_the_address(person.id, person.email)
    found = {kind: _plain(db.session.execute(rows).mappings()) for kind, rows in wanted.items()}
    roles = [{"role": role} for role in sorted(actor.programme)]
    return {"person": _plain([own]), "memberships": parts, "programme_roles": roles, **found}


Rows = dict[str, Select[*tuple[Any, ...]]]


def _of_the_person(person_id: int) -> Rows:
    return {
        "sessions": select(OpenSession.device, OpenSession.started_at).where(
            OpenSession.person_id == person_id
        ),
        "tokens": select(ApiToken.created_at).where(ApiToken.person_id == person_id),
        "confirmations": select(
            Confirmation.kind, Confirmation.subject_id, Confirmation.created_at
        ).where(Confirmation.confirmed_by_id == person_id),
    }


def _of_the_address(person_id: int, address: str) -> Rows:
    invited = or_(Invitation.inviter_id == person_id, Invitation.address == address)
    mailed = or_(OutboxMail.person_id == person_id, OutboxMail.address == address)
    told = (OutboxMail.template, OutboxMail.state, OutboxMail.created_at, OutboxMail.sent_at)
    return {
        "invitations": select(
            Invitation.address, Invitation.state, Invitation.created_at, Invitation.note
        ).where(invited),
        "access_requests": select(
            JoinRequest.name, JoinRequest.role_title, JoinRequest.state, JoinRequest.created_at
        ).where(JoinRequest.address == address),
        "mail": select(*told).where(mailed),
    }


def _plain(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {k: v.isoformat() if isinstance(v, datetime) else v for k, v in row.items()} for row in rows
    ]
