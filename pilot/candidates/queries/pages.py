"""A candidate's page: what it has written, and what has happened to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pilot.accounts.models import Organisation, Person
from pilot.candidates.models import Candidate, CandidateStep, PilotRound
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.queries.people import Reach, reach_of
from pilot.candidates.queries.rounds import RoundPage, as_page, current_rows, round_page
from pilot.candidates.queries.rows import CandidateRow, as_row, is_own, rows_of
from pilot.candidates.rules import (
    WITHDRAWABLE,
    CandidateState,
    Interest,
    RoundState,
    moves_from,
)
from pilot.candidates.rules.assessing import is_assessed, may_answer, may_check
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Missing
from pilot.core.policy import Actor, allows
from pilot.municipalities.models import Municipality

CHANGED = "changed"


@dataclass(frozen=True)
class StepRow:
    verb: str
    happened_at: datetime
    organisation: str
    person: str
    reason: str
    public_reason: str
    is_internal: bool
    behalf: Behalf | None


@dataclass(frozen=True)
class CandidatePage:
    """A candidate in full, for KS and for the municipality itself."""

    row: CandidateRow
    organisation_id: int
    round: RoundPage
    interest: Interest
    revision: int
    reason: str
    behalf: Behalf | None
    reach: Reach
    steps: tuple[StepRow, ...]

    @property
    def has_written(self) -> bool:
        return bool(self.interest.sentence)

    @property
    def may_withdraw(self) -> bool:
        return self.round.state is not RoundState.CLOSED and self.row.state in WITHDRAWABLE

    @property
    def may_resume(self) -> bool:
        return self.row.state is CandidateState.WITHDRAWN and self.round.takes_interest

    @property
    def may_change(self) -> bool:
        return self.round.takes_interest and self.row.state is not CandidateState.WITHDRAWN

    @property
    def is_assessed(self) -> bool:
        return is_assessed(self.row.state)

    @property
    def may_answer(self) -> bool:
        """To be asked for the municipality itself, whose state is what it may know."""
        return may_answer(self.row.state, self.round.state)

    @property
    def may_check(self) -> bool:
        return may_check(self.row.state, self.round.state)

    @property
    def moves(self) -> tuple[CandidateState, ...]:
        """Where KS may take it; to be asked for KS alone, whose state is the real one."""
        state, released = self.row.state, self.round.is_released
        return moves_from(state, self.round.state, is_released=released)


def page(actor: Actor, round_id: int, number: str) -> CandidatePage:
    """A candidate in full; Missing for all but KS and the municipality itself."""
    in_round = round_page(actor, round_id)
    found = db.session.execute(
        rows_of(actor)
        .add_columns(Candidate, reach_of().label("reach"))
        .where(Candidate.round_id == round_id, Municipality.number == number)
    ).first()
    if found is None or not (actor.is_ks or is_own(actor, found.organisation_id)):
        raise Missing
    return _page(actor, in_round, found)


def own(actor: Actor, round_id: int) -> CandidatePage | None:
    """The candidate of the municipality the actor acts for, if it has one in the round."""
    if not allows(actor, CandidatePermission.TAKE_PART) or not actor.municipality_number:
        return None
    try:
        return page(actor, round_id, actor.municipality_number)
    except Missing:
        return None


def one(actor: Actor, round_id: int, number: str) -> CandidateRow:
    """What the actor may know of a municipality in a round."""
    found = db.session.execute(
        rows_of(actor).where(Candidate.round_id == round_id, Municipality.number == number)
    ).first()
    if found is None:
        raise Missing
    return as_row(actor, found)


@dataclass(frozen=True)
class Standing:
    """A municipality in the current round, as the actor may know it."""

    round: RoundPage
    row: CandidateRow | None
    is_own: bool


def standing(actor: Actor, number: str) -> Standing | None:
    """None where there is nothing to tell: no round, or nothing the actor may know."""
    known = rows_of(actor).where(Municipality.number == number).subquery()
    latest = current_rows().add_columns(*known.c)
    found = db.session.execute(latest.outerjoin(known, known.c.round_id == PilotRound.id)).first()
    if found is None:
        return None
    in_round = as_page(actor, found.PilotRound)
    row = as_row(actor, found) if found.id is not None else None
    acts = allows(actor, CandidatePermission.TAKE_PART) and actor.municipality_number == number
    return Standing(in_round, row, acts) if row or (acts and in_round.takes_interest) else None


def _page(actor: Actor, in_round: RoundPage, found: Any) -> CandidatePage:
    candidate: Candidate = found.Candidate
    return CandidatePage(
        row=as_row(actor, found),
        organisation_id=candidate.organisation_id,
        round=in_round,
        interest=interest_of(candidate),
        revision=candidate.revision,
        reason=candidate.reason if actor.is_ks else candidate.own_reason,
        behalf=candidate.behalf,
        reach=Reach(found.reach),
        steps=_steps(actor, candidate.id),
    )


def interest_of(candidate: Candidate) -> Interest:
    """What a row says now, as one text."""
    return Interest(
        contact_name=candidate.contact_name,
        contact_email=candidate.contact_email,
        approved_by=candidate.approved_by,
        approved_role=candidate.approved_role,
        approved_on=candidate.approved_on,
        sentence=candidate.sentence,
        is_public=candidate.is_public,
    )


def _steps(actor: Actor, candidate_id: int) -> tuple[StepRow, ...]:
    """The history, newest first; a decision not yet released is KS' own."""
    wanted = (
        select(CandidateStep, Organisation.name, Person.name)
        .outerjoin(Organisation, Organisation.id == CandidateStep.organisation_id)
        .outerjoin(Person, Person.id == CandidateStep.person_id)
        .where(CandidateStep.candidate_id == candidate_id)
        .order_by(CandidateStep.id.desc())
    )
    if not actor.is_ks:
        wanted = wanted.where(CandidateStep.is_internal.is_(False))
    return tuple(
        StepRow(
            verb=step.verb,
            happened_at=step.happened_at,
            organisation=organisation or "",
            person=person or "",
            reason=step.reason,
            public_reason=step.public_reason,
            is_internal=step.is_internal,
            behalf=step.behalf,
        )
        for step, organisation, person in db.session.execute(wanted)
    )
