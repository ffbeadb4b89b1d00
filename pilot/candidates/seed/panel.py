"""A panel that has begun: one at Norsk helsenett is at work, one at KS has not answered yet."""

from datetime import datetime
from random import Random

from sqlalchemy import select

from pilot.accounts.models import Membership, Organisation, Person
from pilot.candidates import queries
from pilot.candidates.models import Candidate, PanelAnswer, PanelReview
from pilot.candidates.rules.assessing import AnswerText
from pilot.candidates.rules.panel import ReviewState
from pilot.core.db import db
from pilot.core.policy import OrganisationKind, Role

DELIVERY = "HelseID og kjernejournal"
RATIONALES = ("Godt dokumentert.", "Planen er ikke vedtatt ennå.", "Bekreftet i samtale.")
BEGUN = 8  # criteria


def panel(candidate: Candidate, rng: Random, at: datetime) -> None:
    """Ask one from each; inside a unit of work."""
    adviser, member = _one_at(OrganisationKind.NATIONAL_PROVIDER), _one_at(OrganisationKind.KS)
    review = _ask(candidate, adviser, ReviewState.DRAFT, at, DELIVERY)
    _ask(candidate, member, ReviewState.ASKED, at)
    version = queries.newest_published_version()
    for criterion in queries.criteria_of_version(version)[:BEGUN]:
        text = AnswerText(level=rng.randint(1, 3), rationale=rng.choice(RATIONALES))
        row = PanelAnswer(review_id=review.id, code=criterion.code, revision=1, changed_at=at)
        row.write(text)
        db.session.add(row)


def _one_at(kind: OrganisationKind) -> tuple[int, int]:
    """A person with a part there, and the organisation; a member before a lead."""
    row = db.session.execute(
        select(Person.id, Organisation.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == kind, Membership.role.is_not(None))
        .order_by((Membership.role == Role.LEAD), Person.id)
        .limit(1)
    ).one()
    return row[0], row[1]


def _ask(
    candidate: Candidate,
    who: tuple[int, int],
    state: ReviewState,
    at: datetime,
    delivery: str = "",
) -> PanelReview:
    person_id, organisation_id = who
    review = PanelReview(
        candidate_id=candidate.id,
        person_id=person_id,
        organisation_id=organisation_id,
        state=state,
        delivery=delivery,
        asked_at=at,
    )
    db.session.add(review)
    db.session.flush()
    return review
