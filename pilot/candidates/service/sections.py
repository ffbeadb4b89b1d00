"""Who in a municipality answers what, and by when."""

from datetime import date

from pilot.accounts.queries import Recipient
from pilot.candidates import queries
from pilot.candidates.models import PilotRound, Section
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules.criteria import Dimension
from pilot.candidates.service.assessing import begun, held
from pilot.core import audit, clock, outbox
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor, require
from pilot.core.unit import command
from pilot.core.words import say

ASKED = "candidates/mail/section"


@command
def assign_section(
    actor: Actor,
    candidate_id: int,
    dimension: Dimension,
    *,
    person_id: int | None,
    due_on: date | None = None,
) -> None:
    """Say who answers a dimension, and by when; no person, and it is everyone's again."""
    in_round, candidate = held(actor, candidate_id)
    require(actor, CandidatePermission.OWN, candidate)
    whole = begun(in_round, candidate)
    own = candidate.organisation_id
    people = {one.person_id: one for one in queries.contacts([own]).get(own, [])}
    if person_id is not None and person_id not in people:
        raise Rejected(say("Velg en som er med for kommunen."), "person_id")
    if due_on is not None and due_on < clock.today():
        raise Rejected(say("Fristen kan ikke være før i dag."), "due_on")
    row = queries.section_of(whole.id, dimension)
    row = row or Section(assessment_id=whole.id, dimension=dimension)
    is_same = row.id is not None and (row.person_id, row.due_on) == (person_id, due_on)
    if is_same:
        return
    row.person_id, row.due_on = person_id, due_on
    db.session.add(row)
    uid = audit.record(actor, "section assigned", whole, dimension=dimension, person_id=person_id)
    if person_id is not None and person_id != actor.person_id:
        _tell(actor, in_round, row, uid, people[person_id], queries.numbers_of([own])[own])


def _tell(
    actor: Actor, in_round: PilotRound, row: Section, uid: str, to: Recipient, number: str
) -> None:
    outbox.post(
        event_uid=uid,
        person_id=to.person_id,
        address=to.address,
        locale=to.locale,
        template=ASKED,
        values={
            "title": in_round.name,
            "round_id": in_round.id,
            "number": number,
            "dimension": row.dimension.value,
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "by": actor.name,
        },
    )
