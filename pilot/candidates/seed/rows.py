"""A candidate with its past: the rows that the commands would have left, at invented times.

The commands say «now» and send mail; what is invented has happened already, and nobody is to hear
of it. Real municipalities are invited or interested, and no more: anything else would be invented.
"""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.candidates.models import Candidate, CandidateStep
from pilot.candidates.rules import CandidateState, Interest, zone_of
from pilot.core import audit, clock
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, Role

SENTENCES = (
    "Vi vil gi hjemmetjenesten de opplysningene den trenger når pasienten kommer hjem.",
    "Legevakten vår samarbeider med tre nabokommuner og trenger de samme opplysningene.",
    "Vi har nettopp tatt i bruk nytt journalsystem og vil bruke det til deling.",
    "Vi er en liten kommune og vil vise at dette også virker for oss.",
    "Vi har et tett samarbeid med sykehuset om utskrivingsklare pasienter.",
    "Vi vil være med å forme tjenestene før de blir nasjonale.",
)
ROLES = ("kommunalsjef for helse og omsorg", "kommunedirektør", "helsesjef", "digitaliseringssjef")
APPROVERS = ("Grete Godkjent", "Aksel Ansvar", "Bodil Beslutning", "Henrik Helse")


@dataclass(frozen=True)
class Contact:
    """Who speaks for a municipality."""

    actor: Actor
    email: str


def contacts() -> dict[str, Contact]:
    """The first contact of each municipality, by its number."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.email, Membership.role, Organisation)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY, Membership.role.is_not(None))
        .order_by(Membership.id.desc())
    ).all()
    return {
        row.Organisation.municipality_number: Contact(
            _actor(*row[:2], row.role, row.Organisation), row.email
        )
        for row in rows
    }


def _actor(person_id: int, name: str, role: Role, organisation: Organisation) -> Actor:
    return Actor(
        person_id=person_id,
        name=name,
        role=role,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        kind=organisation.kind,
        municipality_number=organisation.municipality_number,
    )


def ks_lead() -> Actor:
    """The lead at KS who has invited and registered."""
    row = db.session.execute(
        select(Person.id, Person.name, Membership.role, Organisation)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.KS, Membership.role == Role.LEAD)
        .order_by(Person.id)
        .limit(1)
    ).one()
    return _actor(row.id, row.name, row.role, row.Organisation)


def interest_of(rng: Random, contact: Contact, *, is_public: bool) -> Interest:
    return Interest(
        contact_name=contact.actor.name,
        contact_email=contact.email,
        approved_by=rng.choice(APPROVERS),
        approved_role=rng.choice(ROLES),
        approved_on=clock.now().date(),
        sentence=rng.choice(SENTENCES),
        is_public=is_public,
    )


def keep(
    round_id: int,
    organisation_id: int,
    *,
    past: tuple[tuple[Actor, CandidateState, datetime], ...],
    interest: Interest | None = None,
    behalf: Behalf | None = None,
    is_read: bool = False,
) -> None:
    """Store a candidate that has come this way; runs inside a unit of work."""
    said = interest or Interest()
    *_, (_, state, since) = past
    candidate = Candidate(
        round_id=round_id,
        organisation_id=organisation_id,
        zone=zone_of(state, is_public=said.is_public),
        state=state,
        own_state=state,
        revision=1 if interest else 0,
        seen_at=since if is_read else None,
        created_at=past[0][2],
        state_since=since,
        own_state_since=since,
        **vars(said),
    )
    candidate.behalf = behalf
    db.session.add(candidate)
    db.session.flush()
    for actor, reached, at in past:
        _step(candidate, actor, reached, at, behalf if reached is state else None)


def _step(
    candidate: Candidate, actor: Actor, to: CandidateState, at: datetime, behalf: Behalf | None
) -> None:
    step = CandidateStep(
        candidate_id=candidate.id,
        verb=to.value,
        is_internal=False,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        reason="",
        public_reason="",
        happened_at=at,
    )
    step.behalf = behalf
    db.session.add(step)
    audit.record(actor, f"candidate {to}", candidate)
