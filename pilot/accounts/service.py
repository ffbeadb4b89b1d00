"""Everything that changes organisations and people."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, select

from pilot.accounts import queries
from pilot.accounts.models import (
    ApiToken,
    EndedSession,
    Membership,
    Organisation,
    Person,
    ProgrammeRole,
)
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.rules import looks_like_email, normal_email
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind, Programme, Role, require
from pilot.core.text import clean, sort_key
from pilot.core.unit import command
from pilot.core.words import LOCALES, say

TOKEN_BYTES = 32
SESSION_LIFE = timedelta(hours=13)  # an hour more than the cookie's (config.py)


@command
def add_organisation(
    actor: Actor,
    kind: OrganisationKind,
    name: str,
    *,
    municipality_number: str | None = None,
    hospital_trust_key: str | None = None,
    org_number: str | None = None,
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
        org_number=org_number,
    )
    db.session.add(organisation)
    db.session.flush()  # the caller may need its number before the unit ends
    audit.record(actor, "organisation added", organisation, kind=kind)
    return organisation


@command
def add_person(
    actor: Actor,
    email: str,
    name: str,
    *,
    password_hash: str | None = None,
    locale: str | None = None,
) -> Person:
    """Add a person; the address is theirs alone."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    email = normal_email(email)
    if not looks_like_email(email):
        raise Rejected(say("Skriv en e-postadresse, for eksempel navn@kommune.no."), "email")
    if db.session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise Rejected(say("Adressen er allerede i bruk."), "email")
    person = Person(
        email=email,
        name=clean(name),
        password_hash=password_hash,
        locale=locale,
        created_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()  # as above
    audit.record(actor, "person added", person)
    return person


@command
def add_membership(
    actor: Actor, person_id: int, *, organisation_id: int, role: Role | None
) -> Membership:
    """Let a person act for an organisation."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    membership = Membership(person_id=person_id, organisation_id=organisation_id, role=role)
    db.session.add(membership)
    audit.record(
        actor,
        "membership added",
        membership,
        person=person_id,
        organisation=organisation_id,
        role=role,
    )
    return membership


@command
def give_programme_role(actor: Actor, person_id: int, *, role: Programme) -> ProgrammeRole:
    """Give a person a role in the programme itself, such as the steering group."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    given = ProgrammeRole(person_id=person_id, role=role)
    db.session.add(given)
    audit.record(actor, "programme role given", given, person=person_id, role=role)
    return given


@command
def set_password(actor: Actor, person_id: int, *, password_hash: str) -> None:
    """Set a person's password and end the sessions that are open."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise Missing
    person.password_hash = password_hash
    person.session_epoch += 1
    audit.record(actor, "password set", person)


@command
def choose_language(actor: Actor, locale: str) -> None:
    """Remember the language a person reads in."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    if locale not in LOCALES:
        raise Rejected(say("Velg bokmål, nynorsk eller engelsk."), "locale")
    person = db.session.get_one(Person, actor.person_id, with_for_update=True)
    person.locale = locale
    audit.record(actor, "language chosen", person, locale=locale)


@command
def end_session(actor: Actor, session_id: str) -> None:
    """Make a session's cookie worth nothing; what no cookie can name any more is forgotten."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    now = clock.now()
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < now - SESSION_LIFE))
    session_hash = queries.token_hash(session_id)
    known = select(EndedSession.id).where(EndedSession.session_hash == session_hash)
    if not session_id or db.session.scalar(known) is not None:
        return  # ended already, in another window
    ended = EndedSession(session_hash=session_hash, ended_at=now)
    db.session.add(ended)
    audit.record(actor, "session ended", ended)


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
