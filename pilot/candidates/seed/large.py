"""All 357 as candidates of the demo's round, in neutral states; added only once."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from pilot.accounts.models import Organisation
from pilot.candidates.models import Candidate, PilotRound
from pilot.candidates.rules import CandidateState
from pilot.candidates.seed.demo import NAME
from pilot.candidates.seed.rows import Contact, contacts, interest_of, keep, ks_lead
from pilot.core import clock
from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor
from pilot.municipalities.models import Municipality

INVITED_ONLY = 0.25  # of them have not answered
SHOWN = 0.7  # of those that are interested


def large(_password_hash: str) -> int:
    """Add what is missing of the 357; a second run changes nothing."""
    round_id = db.session.scalar(select(PilotRound.id).where(PilotRound.name == NAME))
    if round_id is None:
        return 0
    rows = db.session.execute(
        select(Organisation.id, Organisation.municipality_number)
        .join(Municipality, Municipality.number == Organisation.municipality_number)
        .where(
            ~Municipality.is_invented,
            Organisation.id.not_in(
                select(Candidate.organisation_id).where(Candidate.round_id == round_id)
            ),
        )
        .order_by(Municipality.number)
    ).all()
    lead, people = ks_lead(), contacts()
    missing = [(organisation_id, people[number or ""]) for organisation_id, number in rows]
    return in_pieces(missing, one_by_one(lambda row: _candidate(round_id, row[0], lead, row[1])))


def _candidate(round_id: int, organisation_id: int, lead: Actor, contact: Contact) -> None:
    rng = Random(contact.email)  # noqa: S311  # what is invented, the same each time
    at = _within_ten_days(rng)
    invited = (lead, CandidateState.INVITED, at)
    if rng.random() < INVITED_ONLY:
        keep(round_id, organisation_id, past=(invited,))
        return
    later = at + timedelta(days=rng.uniform(0.2, 3))
    past = (invited, (contact.actor, CandidateState.INTERESTED, later))
    told = interest_of(rng, contact, is_public=rng.random() < SHOWN)
    keep(round_id, organisation_id, past=past, interest=told, is_read=rng.random() < 0.5)


def _within_ten_days(rng: Random) -> datetime:
    return clock.now() - timedelta(days=rng.uniform(4, 13))
