"""Who may be asked to assess a municipality, and what each is asked to assess."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.candidates.models import Candidate, PanelReview, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries.pages import CandidatePage
from pilot.candidates.queries.rows import ORDER, rows
from pilot.candidates.rules import RoundState
from pilot.candidates.rules.panel import ASSESSING_KINDS, ReviewState
from pilot.core.db import db
from pilot.core.policy import Actor, OrganisationKind, require
from pilot.core.policy.zones import ours

TO_DO = (ReviewState.ASKED, ReviewState.DRAFT)


@dataclass(frozen=True)
class AskedRow:
    """A municipality that one is asked to assess."""

    round_id: int
    round_name: str
    number: str
    name: str
    county: str
    state: ReviewState


def possible_assessors(actor: Actor, candidate: CandidatePage) -> list[tuple[int, str]]:
    """Whom KS may ask: those who work on the project at KS and Norsk helsenett, but for people of
    the municipality itself and of a vendor, and those who are asked already."""
    require(actor, CandidatePermission.HANDLE)
    asked = select(PanelReview.person_id).where(PanelReview.candidate_id == candidate.row.id)
    found = db.session.execute(
        select(Person.id, Person.name, Organisation.name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Person.is_active,
            Membership.role.is_not(None),
            Organisation.kind.in_(sorted(ASSESSING_KINDS)),
            Person.id.not_in(asked),
            Person.id.not_in(_tied_to(candidate.organisation_id)),
        )
        .order_by(Organisation.sort_key, Person.sort_key, Person.id)
    )
    return [(person_id, f"{name}, {organisation}") for person_id, name, organisation in found]


def _tied_to(organisation_id: int) -> Any:
    """People with any part in the municipality, or employed for a vendor."""
    return (
        select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            (Organisation.id == organisation_id) | (Organisation.kind == OrganisationKind.VENDOR)
        )
    )


def assesses_for(person_id: int, organisation_id: int) -> int | None:
    """The organisation that a person may assess a municipality for; None where they may not."""
    return db.session.scalar(
        select(Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Person.id == person_id,
            Person.is_active,
            Membership.role.is_not(None),
            Organisation.kind.in_(sorted(ASSESSING_KINDS)),
            Person.id.not_in(_tied_to(organisation_id)),
        )
        .order_by(Organisation.id)
        .limit(1)
    )


def asked_of(actor: Actor) -> tuple[AskedRow, ...]:
    """The municipalities that the actor is asked to assess, for whom they act for now; those of
    rounds that are closed are left out. KS asks few of each."""
    if actor.vendor_ties:
        return ()
    found = db.session.execute(
        rows()
        .add_columns(PanelReview.state.label("review_state"), PilotRound.name.label("round_name"))
        .join(PanelReview, PanelReview.candidate_id == Candidate.id)
        .join(PilotRound, PilotRound.id == Candidate.round_id)
        .where(*_mine(actor), PilotRound.state != RoundState.CLOSED)
        .order_by(PilotRound.id.desc(), *ORDER)
    )
    return tuple(
        AskedRow(
            row.round_id, row.round_name, row.number, row.name_unique, row.county, row.review_state
        )
        for row in found
    )


def _mine(actor: Actor) -> tuple[Any, ...]:
    return (
        PanelReview.person_id == actor.person_id,
        PanelReview.organisation_id == ours(actor),
    )


def to_assess(actor: Actor) -> tuple[ScalarSelect[int], ...]:
    """How many municipalities the actor is asked to assess and is not done with."""
    wanted = select(func.count(PanelReview.id)).where(*_mine(actor), PanelReview.state.in_(TO_DO))
    return (wanted.scalar_subquery(),)
