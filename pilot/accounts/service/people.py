"""Changing people: their names, roles and whether they are with us."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Select, exists, func, select

from pilot.accounts.models import Membership, Organisation, Person, ProgrammeRole
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.rules import NAME_MAX, MailRhythm, looks_like_email, normal_email
from pilot.accounts.service import once
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Missing, Rejected
from pilot.core.policy import Actor, OrganisationKind, Programme, Role, allows, require
from pilot.core.text import clean
from pilot.core.unit import CLASHES, command
from pilot.core.words import LOCALES, say

ADDRESS_USED = say("Adressen er nettopp tatt i bruk. Last siden på nytt og prøv en gang til.")
CLASHES["uq_person_email"] = CLASHES["person.email"] = ADDRESS_USED


@contextmanager
def keeping_a_lead() -> Iterator[None]:
    """Refuse what would leave the site without a lead at KS; such changes wait for each other."""
    one_at_a_time()
    before = _leads()
    yield
    db.session.flush()
    if before and not _leads():
        raise Rejected(
            say(
                "Dette er den siste lederen i KS. Gi en annen rollen som leder først, så er det "
                "alltid noen som kan styre Pilotrommet."
            )
        )


def one_at_a_time() -> None:
    """Wait until no other change that counts rows is at work: all of them lock KS' own row."""
    ks = select(Organisation.id).where(Organisation.kind == OrganisationKind.KS)
    db.session.scalars(ks.order_by(Organisation.id).with_for_update(key_share=True)).all()


def _leads() -> int:
    """Active leads at KS who may act as such: one who also works for a vendor may not."""
    tied = (
        select(Membership.id)
        .join(Organisation)
        .where(Membership.person_id == Person.id, Organisation.kind == OrganisationKind.VENDOR)
    )
    counted = (
        select(func.count())
        .select_from(Membership)
        .join(Person)
        .join(Organisation)
        .where(
            Organisation.kind == OrganisationKind.KS,
            Membership.role == Role.LEAD,
            Person.is_active,
            ~exists(tied.correlate(Person)),
        )
    )
    return db.session.scalar(counted) or 0


def checked_name(name: str | None) -> str:
    """A person's name as it is stored; refused where there is none."""
    name = " ".join(clean(name).split())
    if not name or len(name) > NAME_MAX:
        raise Rejected(say("Skriv navnet ditt, høyst 120 tegn."), "name")
    return name


def checked_email(email: str | None, field: str = "email") -> str:
    """An address as it is stored; refused where it is none."""
    found = normal_email(email)
    if not looks_like_email(found):
        raise Rejected(say("Skriv en e-postadresse, for eksempel navn@kommune.no."), field)
    return found


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
    email = checked_email(email)
    if db.session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise Rejected(say("Adressen er allerede i bruk."), "email")
    person = new_person(email, clean(name), locale)
    person.password_hash = password_hash
    audit.record(actor, "person added", person)
    return person


def new_person(email: str, name: str, locale: str | None) -> Person:
    person = Person(email=email, name=name, locale=locale, created_at=clock.now())
    db.session.add(person)
    db.session.flush()  # the caller may need its number before the unit ends
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
def change_role(actor: Actor, membership_id: int, *, role: Role) -> Membership:
    """Make someone a lead or a member of an organisation."""
    membership = _membership(actor, membership_id)
    require(actor, AccountPermission.ORGANISATION_LEAD, membership.organisation_id)
    before = membership.role
    if before is not role:
        with keeping_a_lead():
            membership.role = role
        audit.record(actor, "role changed", membership, before=before, after=role)
    return membership


@command
def end_membership(actor: Actor, membership_id: int) -> Membership:
    """End a person's part in an organisation; what they did there stays with the organisation."""
    membership = _membership(actor, membership_id)
    require(actor, AccountPermission.ORGANISATION_LEAD, membership.organisation_id)
    audit.record(
        actor,
        "membership ended",
        membership,
        person=membership.person_id,
        organisation=membership.organisation_id,
    )
    with keeping_a_lead():
        db.session.delete(membership)
    return membership


def _membership(actor: Actor, membership_id: int) -> Membership:
    found = db.session.get(Membership, membership_id, with_for_update=True)
    if found is None or not allows(
        actor, AccountPermission.ORGANISATION_READ, found.organisation_id
    ):
        raise Missing
    return found


@command
def give_programme_role(actor: Actor, person_id: int, *, role: Programme) -> None:
    """Give a person a role in the programme itself, such as the steering group."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    person = _person(person_id)
    if db.session.scalar(_given(person_id, role)) is None:
        db.session.add(ProgrammeRole(person_id=person_id, role=role))
        audit.record(actor, "programme role given", person, role=role)


@command
def take_programme_role(actor: Actor, person_id: int, *, role: Programme) -> None:
    """Take a role in the programme back."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    person = _person(person_id)
    given = db.session.scalar(_given(person_id, role))
    if given is not None:
        db.session.delete(given)
        audit.record(actor, "programme role taken back", person, role=role)


def _given(person_id: int, role: Programme) -> Select[ProgrammeRole]:
    return select(ProgrammeRole).where(
        ProgrammeRole.person_id == person_id, ProgrammeRole.role == role
    )


def _person(person_id: int) -> Person:
    """The person, locked, so that two changes wait for each other."""
    found = db.session.get(Person, person_id, with_for_update=True)
    if found is None:
        raise Missing
    return found


@command
def close_account(actor: Actor, person_id: int) -> Person:
    """Close an account: sessions, links and tokens end at once. It can be opened again."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    person = _person(person_id)
    if person.is_active:
        with keeping_a_lead():
            person.is_active = False
            person.session_epoch += 1
        once.end_of_person(person.id)
        audit.record(actor, "account closed", person)
    return person


@command
def open_account(actor: Actor, person_id: int) -> Person:
    """Open a closed account again; the person signs in anew."""
    require(actor, AccountPermission.PEOPLE_MANAGE)
    person = _person(person_id)
    if not person.is_active:
        person.is_active = True
        audit.record(actor, "account opened", person)
    return person


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
def edit_profile(actor: Actor, *, name: str, locale: str, rhythm: MailRhythm) -> None:
    """Change one's own name, language and how often mail comes."""
    require(actor, AccountPermission.OWN_ACCOUNT_EDIT)
    if locale not in LOCALES:
        raise Rejected(say("Velg bokmål, nynorsk eller engelsk."), "locale")
    person = _person(actor.person_id or 0)
    person.name, person.locale, person.mail_rhythm = checked_name(name), locale, rhythm
    audit.record(actor, "profile changed", person, locale=locale, rhythm=rhythm)
