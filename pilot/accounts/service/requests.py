"""Those who come by themselves: a municipality asks for access, a vendor registers."""

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from pilot.accounts.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    Person,
    VendorSignup,
)
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.rules import (
    LIVES,
    NAME_MAX,
    NORWAY,
    USED,
    DeadLink,
    LinkPurpose,
    NumberKind,
    RequestState,
)
from pilot.accounts.service import once
from pilot.accounts.service.invitations import belongs, checked_note, invite
from pilot.accounts.service.mail import tell
from pilot.accounts.service.organisations import (
    Number,
    checked_firm,
    checked_number,
    vendor_with,
)
from pilot.accounts.service.people import checked_email, checked_name, new_person, one_at_a_time
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing, Rejected, every
from pilot.core.policy import Actor, OrganisationKind, Role, allows, require
from pilot.core.text import clean, sort_key
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

ANSWERED_KEPT = timedelta(days=365)
CLASHES["uq_join_request_open"] = CLASHES["join_request.organisation_id, join_request.address"] = (
    say("Forespørselen er allerede mottatt. Du får svar på e-post.")
)
CLASHES["uq_vendor_signup_address_firm_key"] = CLASHES[
    "vendor_signup.address, vendor_signup.firm_key"
] = say("Registreringen er allerede mottatt. Se etter e-posten fra oss.")


# --- asking for access -----------------------------------------------------------------------


@command
def ask_for_access(
    actor: Actor, municipality: str, *, name: str, role_title: str, email: str, locale: str
) -> None:
    """Ask to act for a municipality; KS answers. One who is in already gets a link instead."""
    require(actor, AccountPermission.ENTER)
    organisation_id, name, title, address = every(
        lambda: _municipality(municipality),
        lambda: checked_name(name),
        lambda: _title(role_title),
        lambda: checked_email(email),
    )
    add_request(actor, organisation_id, name, title, address, locale)


def _municipality(number: str) -> int:
    found = db.session.scalar(
        select(Organisation.id).where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Organisation.municipality_number == number,
        )
    )
    if found is None:
        raise Rejected(say("Velg en kommune fra listen."), "municipality")
    return found


def _title(typed: str) -> str:
    title = " ".join(clean(typed).split())
    if not title or len(title) > NAME_MAX:
        raise Rejected(say("Skriv rollen din, for eksempel «systemansvarlig»."), "role_title")
    return title


def add_request(
    actor: Actor, organisation_id: int, name: str, title: str, address: str, locale: str
) -> None:
    """A request, once; nothing where the address is in already or has asked already."""
    past = JoinRequest.decided_at < clock.now() - ANSWERED_KEPT
    db.session.execute(delete(JoinRequest).where(past))
    open_one = select(JoinRequest.id).where(
        JoinRequest.organisation_id == organisation_id,
        JoinRequest.address == address,
        JoinRequest.state == RequestState.RECEIVED,
    )
    if belongs(organisation_id, address) or db.session.scalar(open_one) is not None:
        return
    asked = JoinRequest(
        organisation_id=organisation_id,
        name=name,
        role_title=title,
        address=address,
        locale=locale,
        created_at=clock.now(),
    )
    db.session.add(asked)
    audit.record(actor, "access asked for", asked, organisation=organisation_id)


@command
def approve_request(actor: Actor, request_id: int, *, role: Role) -> Invitation:
    """Let someone in: they get an invitation by mail, which says that they may come."""
    asked = _open_request(actor, request_id)
    require(actor, AccountPermission.ORGANISATION_LEAD, asked.organisation_id)
    _decide(actor, asked, RequestState.APPROVED)
    invitation = invite(
        actor, asked.organisation_id, email=asked.address, role=role, locale=asked.locale
    )
    audit.record(actor, "access approved", asked, invitation=invitation.id)
    return invitation


@command
def refuse_request(actor: Actor, request_id: int, *, reason: str) -> None:
    """Say no, with a reason that the person gets by mail."""
    asked = _open_request(actor, request_id)
    require(actor, AccountPermission.ORGANISATION_LEAD, asked.organisation_id)
    reason = checked_note(reason)
    if not reason:
        raise Rejected(say("Skriv en begrunnelse. Den som spurte, får den på e-post."), "reason")
    _decide(actor, asked, RequestState.REFUSED)
    asked.reason = reason
    uid = audit.record(actor, "access refused", asked, text=reason)
    organisation = db.session.get_one(Organisation, asked.organisation_id)
    tell(
        uid,
        "refused",
        address=asked.address,
        locale=asked.locale,
        note=reason,
        organisation=organisation.name,
    )


def _open_request(actor: Actor, request_id: int) -> JoinRequest:
    found = db.session.get(JoinRequest, request_id, with_for_update=True)
    if found is None or not allows(
        actor, AccountPermission.ORGANISATION_LEAD, found.organisation_id
    ):
        raise Missing
    return found


def _decide(actor: Actor, asked: JoinRequest, state: RequestState) -> None:
    if asked.state is not RequestState.RECEIVED:
        raise Conflict(say("En annen har allerede svart på forespørselen."))
    asked.state, asked.decided_at, asked.decided_by_id = state, clock.now(), actor.person_id


# --- vendors ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Firm:
    """What a vendor types: its name, whose number it has, if any, and its group, if any."""

    name: str
    kind: NumberKind = NumberKind.NONE
    country: str = ""
    number: str = ""
    group: str = ""


@command
def sign_up_vendor(
    actor: Actor, firm: Firm, *, name: str, email: str, locale: str, target: str = ""
) -> None:
    """Note what a vendor typed and mail a link that confirms the address and leads to `target`.

    Nothing else happens yet, so that the answer is the same whether the firm is here or not.
    """
    require(actor, AccountPermission.ENTER)
    called, (country, number), group, name, address = every(
        lambda: checked_firm(firm.name),
        lambda: number_of(firm),
        lambda: _group(firm),
        lambda: checked_name(name),
        lambda: checked_email(email),
    )
    typed = {"firm": called, "country": country, "org_number": number, "declared_group": group}
    typed |= {"name": name, "locale": locale}
    gone = VendorSignup.created_at < clock.now() - LIVES[LinkPurpose.SIGNUP]
    db.session.execute(delete(VendorSignup).where(gone))
    key = {"address": address, "firm_key": sort_key(called)}
    signup = db.session.scalar(select(VendorSignup).filter_by(**key).with_for_update())
    signup = signup or VendorSignup(**key)
    for field, value in {**typed, "created_at": clock.now()}.items():
        setattr(signup, field, value)
    db.session.add(signup)
    db.session.flush()
    _send_link(actor, signup, target)


def _group(firm: Firm) -> str:
    if len(clean(firm.group)) > NAME_MAX:
        raise Rejected(say("Skriv høyst 120 tegn."), "group")
    return clean(firm.group)


def _send_link(actor: Actor, signup: VendorSignup, target: str) -> None:
    salt = once.make(LinkPurpose.SIGNUP, subject_id=signup.id)
    tell(
        audit.record(actor, "vendor signed up", signup),
        "signup",
        address=signup.address,
        locale=signup.locale,
        salt=salt,
        organisation=signup.firm,
        target=target,
    )


def number_of(firm: Firm) -> Number:
    """Its country and number as they are compared; a number is given, or said not to be there."""
    if firm.kind is NumberKind.NONE:
        return None, None
    is_foreign = firm.kind is NumberKind.FOREIGN
    if is_foreign and (not re.fullmatch(r"[A-Z]{2}", firm.country) or firm.country == NORWAY):
        raise Rejected(say("Velg landet nummeret er fra."), "country")
    field = "foreign_number" if is_foreign else "org_number"
    if not clean(firm.number):
        raise Rejected(say("Skriv nummeret, eller velg «Vi har ikke nummer»."), field)
    return checked_number(firm.country if is_foreign else NORWAY, firm.number, field)


@command
def confirm_signup(actor: Actor, token: str) -> int | None:
    """The address is right: the firm is in, and its person too; answers whom.

    A number that a firm here has already makes a request to join it instead, and nobody is
    signed in for it: None.
    """
    require(actor, AccountPermission.ENTER)
    link = once.use_up(LinkPurpose.SIGNUP, token)
    signup = db.session.get(VendorSignup, link.subject_id or 0, with_for_update=True)
    if signup is None:
        raise DeadLink(USED)
    once.end_of_subject(LinkPurpose.SIGNUP, signup.id)
    person = db.session.scalar(select(Person).where(Person.email == signup.address))
    if person is not None and not person.is_active:
        raise Rejected(say("Kontoen din er stengt. Ta kontakt med KS for å åpne den igjen."))
    one_at_a_time()
    known = vendor_with(signup.country, signup.org_number)
    found = None
    if known is None:
        found = _admit(actor, signup, person)
    elif belongs(known, signup.address) and person is not None:
        found = person.id
    else:
        add_request(actor, known, signup.name, "", signup.address, signup.locale)
    db.session.delete(signup)
    return found


def _admit(actor: Actor, signup: VendorSignup, person: Person | None) -> int:
    firm = Organisation(
        kind=OrganisationKind.VENDOR,
        name=signup.firm,
        sort_key=signup.firm_key,
        country=signup.country,
        org_number=signup.org_number,
        declared_group=signup.declared_group,
    )
    db.session.add(firm)
    db.session.flush()
    audit.record(actor, "organisation added", firm, kind=firm.kind)
    if person is None:
        person = new_person(signup.address, signup.name, signup.locale)
        audit.record(actor, "person added", person)
    membership = Membership(person_id=person.id, organisation_id=firm.id, role=Role.LEAD)
    db.session.add(membership)
    audit.record(actor, "membership added", membership, person=person.id, role=Role.LEAD)
    return person.id
