"""Answers that a municipality could have given, and a version sent in; all of it is invented."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from pilot.candidates import queries
from pilot.candidates.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Candidate,
    CandidateStep,
    Submission,
    SubmittedAnswer,
)
from pilot.candidates.rules.assessing import (
    SHOWN_FROM,
    AnswerText,
    AssessmentKind,
    AssessmentState,
)
from pilot.candidates.seed.rows import APPROVERS, ROLES
from pilot.candidates.service.assessing import SENT
from pilot.core import audit
from pilot.core.db import db
from pilot.core.policy import Actor, Zone

RATIONALES = (
    "Vedtatt i kommunestyret i juni, og fulgt opp i budsjettet.",
    "Vi har en plan, men den er ikke vedtatt ennå.",
    "Fagsystemet støtter dette, og vi har prøvd det i to avdelinger.",
    "Vi samarbeider med nabokommunen om dette.",
    "Ansvaret er fordelt, og de det gjelder, har satt av tid.",
)
LEFT_OPEN = 0.16  # of the criteria
WEIGHTS = (1, 2, 4, 3, 1)  # of levels 0 to 4


def assessed(candidate: Candidate, owner: Actor, rng: Random, at: datetime) -> None:
    """Answer the criteria of the candidate's round and send them in; inside a unit of work."""
    whole = _begun(candidate, at)
    sent = _sent(whole, owner, rng, at)
    for criterion in queries.criteria_of_version(whole.criteria_version):
        if rng.random() >= LEFT_OPEN:
            _answer(whole, sent, owner, criterion.code, _text(rng), at)
    step = CandidateStep(
        candidate_id=candidate.id,
        verb=SENT,
        is_internal=False,
        person_id=owner.person_id,
        organisation_id=owner.organisation_id,
        reason="",
        public_reason="",
        happened_at=at,
    )
    db.session.add(step)
    audit.record(owner, f"candidate {SENT}", candidate)


def _begun(candidate: Candidate, at: datetime) -> Assessment:
    whole = Assessment(
        candidate_id=candidate.id,
        organisation_id=candidate.organisation_id,
        zone=Zone.OWN,
        kind=AssessmentKind.SELF,
        state=AssessmentState.SUBMITTED,
        criteria_version=queries.newest_published_version(),
        submissions=1,
        created_at=at - timedelta(days=2),
        changed_at=at,
    )
    db.session.add(whole)
    db.session.flush()
    return whole


def _sent(whole: Assessment, owner: Actor, rng: Random, at: datetime) -> Submission:
    sent = Submission(
        assessment_id=whole.id,
        number=1,
        person_id=owner.person_id,
        approved_by=rng.choice(APPROVERS),
        approved_role=rng.choice(ROLES),
        approved_on=at.date(),
        created_at=at,
    )
    db.session.add(sent)
    db.session.flush()
    return sent


def _text(rng: Random) -> AnswerText:
    level = rng.choices(range(5), WEIGHTS)[0]
    links = ("https://eksempel.example/vedtak",) if level >= SHOWN_FROM else ()
    return AnswerText(level=level, rationale=rng.choice(RATIONALES), evidence=links)


def _answer(
    whole: Assessment, sent: Submission, owner: Actor, code: str, text: AnswerText, at: datetime
) -> None:
    row = Answer(
        assessment_id=whole.id,
        code=code,
        revision=1,
        changed_by_id=owner.person_id,
        changed_at=at - timedelta(days=1),
    )
    row.write(text)
    db.session.add(row)
    db.session.flush()
    kept = AnswerVersion(
        answer_id=row.id, revision=1, person_id=owner.person_id, created_at=row.changed_at
    )
    frozen = SubmittedAnswer(submission_id=sent.id, code=code)
    for made in (kept, frozen):
        made.write(text)
        db.session.add(made)


def candidate_in(round_id: int, organisation_id: int) -> Candidate:
    wanted = {"round_id": round_id, "organisation_id": organisation_id}
    return db.session.scalars(select(Candidate).filter_by(**wanted)).one()
