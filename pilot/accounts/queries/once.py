"""What stands behind a link in a mail; reading it uses nothing up.

Whoever holds the link may see what it is for: nothing here is cleared for an actor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from pilot.accounts.links import token_hash, token_of
from pilot.accounts.models import (
    Invitation,
    Membership,
    OneTimeLink,
    Organisation,
    Person,
    VendorSignup,
)
from pilot.accounts.rules import (
    EXPIRED,
    HANDS_MAX,
    PASSED_ON,
    REPLACED,
    UNKNOWN,
    USED,
    DeadLink,
    InvitationState,
    LinkPurpose,
)
from pilot.core import clock
from pilot.core.db import db
from pilot.core.policy import Role
from pilot.core.words import Message


@dataclass(frozen=True)
class Invited:
    """An invitation as its receiver reads it."""

    address: str
    organisation_id: int
    organisation: str
    role: Role
    note: str
    inviter: str
    inviter_organisation: str
    expires_at: datetime
    is_person: bool
    may_be_passed_on: bool


@dataclass(frozen=True)
class SignedUp:
    """A vendor's sign-up, as the one who confirms it reads it."""

    firm: str
    name: str
    address: str


def link_address(purpose: LinkPurpose, token: str) -> str:
    """The address of the person a link is for; `DeadLink` says why it does not work."""
    link = _open(purpose, token)
    wanted = select(Person.email).where(Person.id == link.person_id, Person.is_active)
    address = db.session.scalar(wanted)
    if address is None:
        raise DeadLink(EXPIRED)
    return address


def invited(token: str) -> Invited:
    """What an invitation is for, and from whom."""
    link = _open(LinkPurpose.INVITATION, token)
    receiver, inviter = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(Invitation, Organisation.name, inviter.name, receiver.id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(inviter, inviter.id == Invitation.inviter_id)
        .outerjoin(receiver, receiver.email == Invitation.address)
        .where(Invitation.id == link.subject_id, Invitation.state == InvitationState.SENT)
    ).first()
    if row is None:
        raise DeadLink(USED)
    invitation, organisation, name, person_id = row
    return Invited(
        address=invitation.address,
        organisation_id=invitation.organisation_id,
        organisation=organisation,
        role=invitation.role,
        note=invitation.note,
        inviter=name or "",
        inviter_organisation=_organisation_of(invitation.inviter_id),
        expires_at=invitation.expires_at,
        is_person=person_id is not None,
        may_be_passed_on=invitation.hands < HANDS_MAX,
    )


def inviter_of(person_id: int | None) -> dict[str, str]:
    """Who invited, and where they work, as a letter names them; empty where nobody did."""
    name = db.session.scalar(select(Person.name).where(Person.id == person_id))
    return {"inviter": name or "", "inviter_organisation": _organisation_of(person_id)}


def _organisation_of(person_id: int | None) -> str:
    """Where an inviter works: their first organisation."""
    return (
        db.session.scalar(
            select(Organisation.name)
            .join(Membership, Membership.organisation_id == Organisation.id)
            .where(Membership.person_id == person_id)
            .order_by(Membership.id)
            .limit(1)
        )
        or ""
    )


def signed_up(token: str) -> SignedUp:
    """What a vendor typed, until it is confirmed."""
    link = _open(LinkPurpose.SIGNUP, token)
    row = db.session.get(VendorSignup, link.subject_id or 0)
    if row is None:
        raise DeadLink(USED)
    return SignedUp(row.firm, row.name, row.address)


def _open(purpose: LinkPurpose, token: str) -> OneTimeLink:
    link = db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == token_hash(token), OneTimeLink.purpose == purpose
        )
    )
    return working(link)


def salts_that_work(salts: Iterable[str]) -> frozenset[str]:
    """Those of the salts whose links are neither used, replaced nor expired; in one statement."""
    by_hash = {token_hash(token_of(salt)): salt for salt in salts if salt}
    if not by_hash:
        return frozenset()
    found = db.session.scalars(
        select(OneTimeLink.token_hash).where(
            OneTimeLink.token_hash.in_(by_hash),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        )
    )
    return frozenset(by_hash[one] for one in found)


def working(link: OneTimeLink | None) -> OneTimeLink:
    """The link, when it works; `DeadLink` says why it does not."""
    if link is None:
        raise DeadLink(UNKNOWN, is_known=False)
    if link.used_at is not None:
        raise DeadLink(_ending(link))
    if link.expires_at <= clock.now():
        raise DeadLink(EXPIRED)
    return link


def _ending(link: OneTimeLink) -> Message:
    """How a link ended: used, or, of an invitation that tells it, replaced or passed on."""
    if link.purpose is not LinkPurpose.INVITATION:
        return USED
    state = select(Invitation.state).where(Invitation.id == link.subject_id)
    if db.session.scalar(state) is InvitationState.SENT:
        return REPLACED
    onward = select(Invitation.id).where(Invitation.passed_from_id == link.subject_id)
    return USED if db.session.scalar(onward.limit(1)) is None else PASSED_ON
