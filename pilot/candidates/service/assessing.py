"""A municipality's answers: several write at the same time, and no text is lost.

Each answer carries the revision it was written on. What others have changed meanwhile is kept;
where two have written the same answer, the later text is set aside, and its writer sees both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pilot.candidates import queries
from pilot.candidates.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Candidate,
    PilotRound,
    Submission,
    SubmittedAnswer,
)
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules.assessing import (
    UNANSWERED,
    AnswerText,
    Approval,
    AssessmentKind,
    AssessmentState,
    Written,
    answer_faults,
    approval_faults,
    may_answer,
)
from pilot.candidates.service.steps import refuse, step, tell_one
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, Zone, require
from pilot.core.text import clean
from pilot.core.unit import command
from pilot.core.words import say

RECEIVED = "candidates/mail/assessed_self"
SENT = "submitted"  # in the candidate's history
NO_MORE = say("Kommunen kan ikke endre egenvurderingen nå. Ta kontakt med KS.")


@dataclass(frozen=True)
class Saved:
    """What became of each answer: its revision now, or what another has written meanwhile."""

    revisions: Mapping[str, int]
    clashes: Mapping[str, AnswerText]


@command
def save_answers(actor: Actor, candidate_id: int, written: Mapping[str, Written]) -> Saved:
    """Store answers by the code of their criterion.

    An answer that says what it said when the writer opened it is left as it is. One that both the
    writer and another have changed is set aside in the history, and comes back as a clash.
    """
    in_round, candidate = held(actor, candidate_id)
    require(actor, CandidatePermission.OWN, candidate)
    whole = begun(in_round, candidate)
    tidied = {code: replace(one, text=tidy(one.text)) for code, one in written.items()}
    _refuse_faults(whole, tidied)
    return store(actor, whole, tidied)


def store(actor: Actor, whole: Assessment, written: Mapping[str, Written]) -> Saved:
    """Write answers that have been looked at into an assessment that the actor may write in."""
    stored = queries.answer_rows(whole.id)
    clashes, changed = {}, []
    for code, one in written.items():
        row = stored.get(code)
        if _is_news(row, one):
            if row is not None and row.revision != one.seen:
                clashes[code] = row.text
                _keep(actor, row, one.text, revision=None)
                continue
            stored[code] = _write(actor, whole, code, row, one.text)
            changed.append(code)
    if changed:
        whole.state, whole.changed_at = AssessmentState.DRAFT, clock.now()
        audit.record(actor, "answers saved", whole, codes=changed)
    revisions = {code: stored[code].revision if code in stored else 0 for code in written}
    return Saved(revisions, clashes)


def held(actor: Actor, candidate_id: int) -> tuple[PilotRound, Candidate]:
    """The round and the candidate, held; what is asked of them next is the policy's matter."""
    in_round = queries.visible_round(actor, queries.round_of(candidate_id), hold=True)
    return in_round, queries.visible_candidate(actor, candidate_id, for_update=True)


def begun(in_round: PilotRound, candidate: Candidate) -> Assessment:
    """The municipality's own assessment while it may be written in, begun where there is none."""
    if not may_answer(candidate.own_state, in_round.state):
        raise Conflict(NO_MORE)
    return begun_as(AssessmentKind.SELF, in_round, candidate)


def begun_as(kind: AssessmentKind, in_round: PilotRound, candidate: Candidate) -> Assessment:
    """The candidate's assessment of this kind; a panel answers the criteria that it answered."""
    found = queries.assessment_of(candidate.id, kind)
    if found is not None:
        return found
    if in_round.criteria_version is None:
        raise Conflict(say("Runden har ingen kriterier ennå."))
    own = queries.assessment_of(candidate.id)
    now = clock.now()
    made = Assessment(
        candidate_id=candidate.id,
        organisation_id=candidate.organisation_id,
        zone=Zone.OWN,
        kind=kind,
        state=AssessmentState.DRAFT,
        criteria_version=own.criteria_version if own else in_round.criteria_version,
        submissions=0,
        created_at=now,
        changed_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def tidy(text: AnswerText) -> AnswerText:
    links = tuple(link for link in (clean(one) for one in text.evidence) if link)
    return replace(text, rationale=clean(text.rationale), evidence=links)


def _refuse_faults(whole: Assessment, written: Mapping[str, Written]) -> None:
    asked = {one.code for one in queries.criteria_of_version(whole.criteria_version)}
    unknown = next((code for code in written if code not in asked), None)
    if unknown is not None:
        raise Rejected(say("Ingen av kriteriene har denne koden: %(code)s.", code=unknown), "code")
    refuse(fault for code, one in written.items() for fault in answer_faults(code, one.text))


def _is_news(row: Answer | None, one: Written) -> bool:
    """Whether the writer says anything else than what stands, and than what they started from."""
    if row is None:
        return one.text != UNANSWERED
    if one.text == row.text:
        return False
    return one.seen == row.revision or one.text != queries.answer_at(row.id, one.seen)


def _write(
    actor: Actor, whole: Assessment, code: str, row: Answer | None, text: AnswerText
) -> Answer:
    if row is None:
        row = Answer(assessment_id=whole.id, code=code, revision=0)
    row.write(text)
    row.revision += 1
    row.changed_by_id, row.changed_at = actor.person_id, clock.now()
    db.session.add(row)
    db.session.flush()
    _keep(actor, row, text, revision=row.revision)
    return row


def _keep(actor: Actor, row: Answer, text: AnswerText, *, revision: int | None) -> None:
    """In the history, where no text is lost; without a revision it never was the answer."""
    kept = AnswerVersion(
        answer_id=row.id,
        revision=revision,
        person_id=actor.person_id,
        created_at=clock.now(),
    )
    kept.write(text)
    db.session.add(kept)


@command
def submit_assessment(actor: Actor, candidate_id: int, approval: Approval) -> Submission:
    """Freeze what is answered as a version that KS reads. Writing on begins the next one.

    Where nothing has changed since the last version, that one is the answer.
    """
    in_round, candidate = held(actor, candidate_id)
    require(actor, CandidatePermission.OWN, candidate)
    whole = begun(in_round, candidate)
    newest = queries.newest_submission(whole.id)
    if newest is not None and whole.state is AssessmentState.SUBMITTED:
        return newest
    answers = queries.answer_rows(whole.id)
    if not any(row.level is not None for row in answers.values()):
        raise Conflict(say("Svar på minst ett kriterium før dere sender inn."))
    approval = replace(approval, name=clean(approval.name), role=clean(approval.role))
    refuse(approval_faults(approval, clock.today()))
    sent = freeze(actor, whole, answers, approval)
    candidate.seen_at = None  # KS has something new to read
    uid = step(actor, candidate, SENT)
    tell_one(actor, in_round, candidate, uid, template=RECEIVED, version=sent.number)
    return sent


def freeze(
    actor: Actor,
    whole: Assessment,
    answers: Mapping[str, Answer],
    approval: Approval,
    *,
    state: AssessmentState = AssessmentState.SUBMITTED,
) -> Submission:
    """The answers as they stand, as a version that never changes."""
    whole.submissions += 1
    whole.state = state
    sent = Submission(
        assessment_id=whole.id,
        number=whole.submissions,
        person_id=actor.person_id,
        approved_by=approval.name,
        approved_role=approval.role,
        approved_on=approval.on,
        created_at=clock.now(),
    )
    db.session.add(sent)
    db.session.flush()
    for code, row in answers.items():
        frozen = SubmittedAnswer(submission_id=sent.id, code=code)
        frozen.write(row.text)
        db.session.add(frozen)
    return sent
