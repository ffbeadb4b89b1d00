"""Links to sign in and to choose a password; sessions and tokens, and their end."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from pilot.accounts import queries
from pilot.accounts.models import (
    ApiToken,
    EndedSession,
    Membership,
    OneTimeLink,
    OpenSession,
    Person,
)
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.rules import EXPIRED, DeadLink, LinkPurpose, normal_email
from pilot.accounts.service import once
from pilot.accounts.service.mail import tell
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say

TOKEN_BYTES = 32
SESSION_SHOWN = timedelta(days=90)
SESSION_LIFE = timedelta(hours=13)  # an hour more than the cookie's (config.py)


# --- links -----------------------------------------------------------------------------------


@command
def send_sign_in_link(actor: Actor, email: str, *, locale: str, target: str = "") -> None:
    """Mail a link to sign in, which leads on to `target`.

    For an unknown address the same is done, but nobody gets mail.
    """
    require(actor, AccountPermission.ENTER)
    _send(actor, LinkPurpose.SIGN_IN, email, locale, target)


@command
def send_password_link(actor: Actor, email: str, *, locale: str) -> None:
    """Mail a link to choose a password; as above."""
    require(actor, AccountPermission.ENTER)
    _send(actor, LinkPurpose.PASSWORD, email, locale)


def _send(actor: Actor, purpose: LinkPurpose, email: str, locale: str, target: str = "") -> None:
    found = db.session.execute(
        select(Person.id, Person.email, Person.locale).where(
            Person.email == normal_email(email), Person.is_active
        )
    ).first()
    salt = once.make(purpose, person_id=found.id if found else None)
    if found:
        subject = db.session.get_one(Person, found.id)
        uid = audit.record(actor, f"{purpose} link sent", subject)
        tell(
            uid,
            purpose,
            address=found.email,
            locale=found.locale or locale,
            person_id=found.id,
            salt=salt,
            target=target,
        )


@command
def use_sign_in_link(actor: Actor, token: str) -> int:
    """Use a link up; answers whom it signs in. Their other sign-in links end with it."""
    require(actor, AccountPermission.ENTER)
    person = _person_of(once.use_up(LinkPurpose.SIGN_IN, token))
    once.end_of_person(person.id)
    audit.record(actor, "sign-in link used", person)
    return person.id


@command
def renew_password(actor: Actor, token: str, *, password_hash: str) -> int:
    """Set the password that a mailed link is for; every open session of the person ends."""
    require(actor, AccountPermission.ENTER)
    person = _person_of(once.use_up(LinkPurpose.PASSWORD, token))
    person.password_hash = password_hash
    _end_sessions(person)
    audit.record(actor, "password renewed", person)
    return person.id


def _person_of(link: OneTimeLink) -> Person:
    person = db.session.get(Person, link.person_id or 0, with_for_update=True)
    if person is None or not person.is_active:
        raise DeadLink(EXPIRED)
    return person


@command
def set_password(actor: Actor, person_id: int, *, password_hash: str) -> None:
    """Set a person's password and end the sessions that are open; for the command line."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise Missing
    person.password_hash = password_hash
    _end_sessions(person)
    audit.record(actor, "password set", person)


# --- sessions --------------------------------------------------------------------------------


@command
def begin_session(actor: Actor, session_id: str, *, device: str) -> None:
    """Remember a session that has begun, so that its person can see it and end it."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    old = OpenSession.started_at < clock.now() - SESSION_SHOWN
    db.session.execute(delete(OpenSession).where(old))
    begun = OpenSession(
        person_id=actor.person_id,
        session_hash=queries.token_hash(session_id),
        device=device[:80],
        started_at=clock.now(),
    )
    db.session.add(begun)
    audit.record(actor, "session begun", begun)


@command
def end_session(actor: Actor, session_id: str) -> None:
    """Make a session's cookie worth nothing; what no cookie can name any more is forgotten."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    if session_id:
        _end(actor, queries.token_hash(session_id))


@command
def end_open_session(actor: Actor, open_id: int) -> None:
    """End one of one's own sessions, here or on another device."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    wanted = select(OpenSession.session_hash).where(
        OpenSession.id == open_id, OpenSession.person_id == actor.person_id
    )
    session_hash = db.session.scalar(wanted)
    if session_hash is None:
        raise Missing
    _end(actor, session_hash)


def _end(actor: Actor, session_hash: str) -> None:
    now = clock.now()
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < now - SESSION_LIFE))
    db.session.execute(delete(OpenSession).where(OpenSession.session_hash == session_hash))
    known = select(EndedSession.id).where(EndedSession.session_hash == session_hash)
    if db.session.scalar(known) is not None:
        return  # ended already, in another window
    ended = EndedSession(session_hash=session_hash, ended_at=now)
    db.session.add(ended)
    audit.record(actor, "session ended", ended)


@command
def end_all_sessions(actor: Actor) -> None:
    """Sign out everywhere: no cookie and no mailed link of the person is worth anything."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    person = db.session.get_one(Person, actor.person_id, with_for_update=True)
    _end_sessions(person)
    audit.record(actor, "all sessions ended", person)


def _end_sessions(person: Person) -> None:
    person.session_epoch += 1
    db.session.execute(delete(OpenSession).where(OpenSession.person_id == person.id))
    once.end_of_person(person.id)


# --- tokens ----------------------------------------------------------------------------------


@command
def create_token(actor: Actor, email: str, *, organisation_id: int | None = None) -> str:
    """Make an API token; it is answered once and kept only as a hash.

    Acts for `organisation_id`, else for the person's first organisation.
    """
    require(actor, AccountPermission.TOKEN_CREATE)
    person_id = db.session.scalar(select(Person.id).where(Person.email == normal_email(email)))
    mine = select(Membership.organisation_id).where(Membership.person_id == person_id)
    if organisation_id is not None:
        mine = mine.where(Membership.organisation_id == organisation_id)
    chosen = db.session.scalar(mine.order_by(Membership.id).limit(1))
    if person_id is None or chosen is None:
        raise Missing(say("Fant ingen person med denne adressen og organisasjonen."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = ApiToken(
        person_id=person_id,
        organisation_id=chosen,
        token_hash=queries.token_hash(token),
        created_at=clock.now(),
    )
    db.session.add(row)
    audit.record(actor, "token created", row, person=person_id, organisation=chosen)
    return token


@command
def revoke_token(actor: Actor, token_id: int) -> None:
    """Take back one of one's own tokens; programs that use it are turned away at once."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    token = db.session.get(ApiToken, token_id, with_for_update=True)
    if token is None or token.person_id != actor.person_id:
        raise Missing
    audit.record(actor, "token revoked", token, organisation=token.organisation_id)
    db.session.delete(token)
