"""Those who come: links in mail, invitations and requests, made by the site's own commands."""

from itertools import count

from sqlalchemy import select

from pilot.accounts import links, service
from pilot.accounts.models import Invitation, JoinRequest, Membership, OpenSession, Person
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor, Role
from tests.support.world import World

numbers = count(1)
GUEST = Actor()


def last_mail(address: str = "") -> OutboxMail:
    """The newest mail that waits; to an address, if one is named."""
    db.session.rollback()
    wanted = select(OutboxMail).order_by(OutboxMail.id.desc())
    if address:
        wanted = wanted.where(OutboxMail.address == address)
    return db.session.scalars(wanted.limit(1)).one()


def token_to(address: str = "") -> str:
    """The secret in the newest mail's link, as its reader gets it."""
    token = links.token_of(last_mail(address).values["about"]["salt"])
    db.session.rollback()
    return token


class Arrivals:
    """Each method makes one, with an address of its own."""

    def __init__(self, world: World, ks: Actor) -> None:
        self.world, self.ks = world, ks

    def sign_in_token(self, person: Person | None = None) -> str:
        person = person or self.world.member(self.world.municipality())
        service.send_sign_in_link(GUEST, person.email, locale="nb")
        return token_to()

    def password_token(self, person: Person | None = None) -> str:
        person = person or self.world.member(self.world.municipality())
        service.send_password_link(GUEST, person.email, locale="nb")
        return token_to()

    def invitation(
        self, organisation_id: int | None = None, email: str = "", role: Role = Role.MEMBER
    ) -> Invitation:
        organisation_id = organisation_id or self.world.municipality().id
        email = email or f"invitert-{next(numbers)}@prove.example"
        return service.invite(self.ks, organisation_id, email=email, role=role, note="Bli med")

    def invitation_token(self, **more: object) -> str:
        self.invitation(**more)  # type: ignore[arg-type]  # the same arguments
        return token_to()

    def request(self, municipality: str = "0301") -> JoinRequest:
        service.ask_for_access(
            GUEST,
            municipality,
            name="Nora Ny",
            role_title="rådgiver",
            email=f"ny-{next(numbers)}@prove.example",
            locale="nb",
        )
        return db.session.scalars(select(JoinRequest).order_by(JoinRequest.id.desc())).first()

    def signup(self, email: str = "", **firm: object) -> str:
        """A vendor's sign-up; answers the secret in its mail."""
        n = next(numbers)
        typed = service.Firm(**({"name": f"Firma {n}"} | firm))  # type: ignore[arg-type]
        email = email or f"selger-{n}@prove.example"
        service.sign_up_vendor(GUEST, typed, name="Sella Ny", email=email, locale="en")
        return token_to()

    def membership(self, municipality: str = "0301") -> Membership:
        place = self.world.municipality(municipality)
        person = self.world.person()
        return self.world.membership(person, place)

    def open_session(self, person: Actor) -> int:
        service.begin_session(person, f"session-{next(numbers)}", device="Firefox")
        newest = select(OpenSession.id).order_by(OpenSession.id.desc())
        return db.session.scalars(newest).first()
