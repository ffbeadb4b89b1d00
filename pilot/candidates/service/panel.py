"""The panel's work: asked, done each for oneself, and brought together."""

from collections.abc import Mapping
from dataclasses import replace

from pilot.accounts import queries as accounts
from pilot.candidates import queries
from pilot.candidates.models import (
    Assessment,
    Candidate,
    PanelAnswer,
    PanelReview,
    PilotRound,
)
from pilot.candidates.permissions import CandidatePermission
from pilot.candidates.rules.assessing import (
    UNANSWERED,
    Approval,
    AssessmentKind,
    AssessmentState,
    Written,
    answer_faults,
)
from pilot.candidates.rules.panel import (
    MOST,
    ReviewState,
    agreed,
    delivery_faults,
    is_open,
    may_review,
)
from pilot.candidates.service.assessing import Saved, begun_as, freeze, store, tidy
from pilot.candidates.service.steps import Stale, refuse, step, tell_one
from pilot.core import audit, clock, outbox
from pilot.core.db import db
from pilot.core.errors import Conflict, Missing, Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import clean
from pilot.core.unit import command
from pilot.core.words import say

ASKED = "candidates/mail/review"
RESULT = "candidates/mail/panel_result"
FINISHED = "panel"  # in the candidate's history
NOT_NOW = say("Panelet kan ikke vurdere kommunen nå.")


@command
def ask_assessor(actor: Actor, candidate_id: int, person_id: int) -> PanelReview:
    """Ask someone at KS or Norsk helsenett to assess a candidate. One who has a part in the
    municipality or is employed for a vendor is not asked. Asked twice is asked once."""
    in_round, candidate = _held(actor, candidate_id)
    require(actor, CandidatePermission.HANDLE)
    _refuse_late(in_round, candidate)
    rows = queries.review_rows(candidate.id)
    stored = next((one for one in rows if one.person_id == person_id), None)
    if stored is not None:
        return stored
    _refuse_more(candidate, rows)
    organisation_id = queries.assesses_for(person_id, candidate.organisation_id)
    if organisation_id is None:
        raise Rejected(say("Velg en fra KS eller Norsk helsenett."), "person_id")
    review = PanelReview(
        candidate_id=candidate.id,
        person_id=person_id,
        organisation_id=organisation_id,
        state=ReviewState.ASKED,
        delivery="",
        asked_at=clock.now(),
    )
    db.session.add(review)
    db.session.flush()
    uid = audit.record(actor, "assessor asked", review, candidate_id=candidate.id)
    _mail(actor, in_round, candidate, review, uid)
    return review


def _refuse_more(candidate: Candidate, rows: list[PanelReview]) -> None:
    if len(rows) >= MOST:
        raise Conflict(say("Panelet kan ha høyst %(most)d medlemmer.", most=MOST))
    if queries.assessment_of(candidate.id, AssessmentKind.PANEL) is not None:
        raise Conflict(say("Panelet er ferdig hver for seg. Ingen kan legges til nå."))


def _held(actor: Actor, candidate_id: int) -> tuple[PilotRound, Candidate]:
    in_round = queries.visible_round(actor, queries.round_of(candidate_id), hold=True)
    return in_round, queries.held_candidate(candidate_id)


def _refuse_late(in_round: PilotRound, candidate: Candidate) -> None:
    if not may_review(candidate.state, in_round.state):
        raise Conflict(NOT_NOW)


def _mail(
    actor: Actor, in_round: PilotRound, candidate: Candidate, review: PanelReview, uid: str
) -> None:
    own = candidate.organisation_id
    for person in accounts.recipients(review.organisation_id):
        if person.person_id == review.person_id and person.person_id != actor.person_id:
            outbox.post(
                event_uid=uid,
                person_id=person.person_id,
                address=person.address,
                locale=person.locale,
                template=ASKED,
                values={
                    "title": in_round.name,
                    "round_id": in_round.id,
                    "number": queries.numbers_of([own])[own],
                },
            )


@command
def declare(
    actor: Actor, candidate_id: int, *, has_interest: bool, delivery: str = ""
) -> PanelReview:
    """Say whether one has an interest in the municipality, before one begins. One who has takes no
    part in this assessment. What one's own organisation delivers stands beside the assessment."""
    in_round, candidate = _held(actor, candidate_id)
    review = _own(actor, candidate)
    require(actor, CandidatePermission.REVIEW, review)
    _refuse_late(in_round, candidate)
    delivery = clean(delivery)
    refuse(delivery_faults(delivery))
    if review.state in (ReviewState.DONE, ReviewState.STEPPED_ASIDE):
        raise Conflict(say("Du har allerede svart. Ta kontakt med KS hvis noe er endret."))
    review.state = ReviewState.STEPPED_ASIDE if has_interest else ReviewState.DRAFT
    review.delivery = "" if has_interest else delivery
    audit.record(actor, f"review {review.state}", review, text=review.delivery or None)
    _open_if_all_are_done(actor, in_round, candidate)
    return review


def _own(actor: Actor, candidate: Candidate) -> PanelReview:
    own = _as_one_of_the_panel(actor, candidate)
    if own is None:
        raise Missing
    return own


@command
def save_review(actor: Actor, candidate_id: int, written: Mapping[str, Written]) -> Saved:
    """Store what the actor says as an assessor; an older form than what stands, and nothing is."""
    in_round, candidate = _held(actor, candidate_id)
    review = _own(actor, candidate)
    require(actor, CandidatePermission.REVIEW, review)
    _refuse_late(in_round, candidate)
    if review.state is not ReviewState.DRAFT:
        raise Conflict(say("Du kan ikke endre vurderingen nå."))
    _refuse_unknown(in_round, candidate, written)
    stored = queries.panel_answer_rows(review.id)
    for code, one in written.items():
        _write(review, code, stored, replace(one, text=tidy(one.text)))
    db.session.flush()
    revisions = {code: stored[code].revision if code in stored else 0 for code in written}
    return Saved(revisions, {})


def _write(review: PanelReview, code: str, stored: dict[str, PanelAnswer], one: Written) -> None:
    row = stored.get(code)
    if one.text == (row.text if row else UNANSWERED):
        return
    if row is None:
        row = stored[code] = PanelAnswer(review_id=review.id, code=code, revision=0)
    elif row.revision != one.seen:
        raise Stale(say("Du har endret vurderingen i et annet vindu. Last siden på nytt."))
    row.write(one.text)
    row.revision, row.changed_at = row.revision + 1, clock.now()
    db.session.add(row)


def _refuse_unknown(
    in_round: PilotRound, candidate: Candidate, written: Mapping[str, Written]
) -> None:
    own = queries.assessment_of(candidate.id)
    version = own.criteria_version if own else in_round.criteria_version
    asked = {one.code for one in queries.criteria_of_version(version)}
    unknown = next((code for code in written if code not in asked), None)
    if unknown is not None:
        raise Rejected(say("Ingen av kriteriene har denne koden: %(code)s.", code=unknown), "code")
    refuse(fault for code, one in written.items() for fault in answer_faults(code, one.text))


@command
def finish_review(actor: Actor, candidate_id: int) -> PanelReview:
    """Be done: from now on the others may see it, when they are done too. It stands after this."""
    in_round, candidate = _held(actor, candidate_id)
    review = _own(actor, candidate)
    require(actor, CandidatePermission.REVIEW, review)
    _refuse_late(in_round, candidate)
    if review.state is ReviewState.DONE:
        return review
    answers = queries.panel_answer_rows(review.id)
    if review.state is not ReviewState.DRAFT or not any(
        row.level is not None for row in answers.values()
    ):
        raise Conflict(say("Vurder minst ett kriterium før du er ferdig."))
    review.state, review.done_at = ReviewState.DONE, clock.now()
    audit.record(actor, "review done", review)
    _open_if_all_are_done(actor, in_round, candidate)
    return review


def _open_if_all_are_done(actor: Actor, in_round: PilotRound, candidate: Candidate) -> None:
    """Begin the panel's common answers with the levels that all of them have."""
    rows = queries.review_rows(candidate.id)
    if not is_open(one.state for one in rows):
        return
    whole = begun_as(AssessmentKind.PANEL, in_round, candidate)
    if queries.answer_rows(whole.id):
        return
    done = [one for one in rows if one.state is ReviewState.DONE]
    answers = [queries.panel_answer_rows(one.id) for one in done]
    for code in sorted({code for one in answers for code in one}):
        texts = [one[code].text if code in one else UNANSWERED for one in answers]
        same = agreed(texts)
        if same != UNANSWERED:
            store(actor, whole, {code: Written(same, 0)})
    candidate.seen_at = None  # KS has something new to look at


@command
def save_moderation(actor: Actor, candidate_id: int, written: Mapping[str, Written]) -> Saved:
    """Store what the panel says together; by any of the assessors, or KS."""
    in_round, candidate = _held(actor, candidate_id)
    own = _as_one_of_the_panel(actor, candidate)
    require(actor, CandidatePermission.REVIEW if own else CandidatePermission.HANDLE, own)
    whole = _common(in_round, candidate)
    _refuse_unknown(in_round, candidate, written)
    tidied = {code: replace(one, text=tidy(one.text)) for code, one in written.items()}
    return store(actor, whole, tidied)


def _as_one_of_the_panel(actor: Actor, candidate: Candidate) -> PanelReview | None:
    rows = queries.review_rows(candidate.id)
    return next((one for one in rows if one.person_id == actor.person_id), None)


def _common(in_round: PilotRound, candidate: Candidate) -> Assessment:
    """The panel's common answers, when every assessor is done."""
    rows = queries.review_rows(candidate.id)
    whole = queries.assessment_of(candidate.id, AssessmentKind.PANEL)
    if whole is None or not is_open(one.state for one in rows):
        raise Missing
    _refuse_late(in_round, candidate)
    return whole


@command
def finish_panel(actor: Actor, candidate_id: int, approval: Approval) -> int:
    """Make what the panel says its result: the municipality reads it, and gets mail. Answers the
    number of the result; where nothing has changed since the last one, that one."""
    in_round, candidate = _held(actor, candidate_id)
    require(actor, CandidatePermission.PANEL_FINISH)
    whole = _common(in_round, candidate)
    if whole.state is AssessmentState.FINAL:
        return whole.submissions
    answers = queries.answer_rows(whole.id)
    if not any(row.level is not None for row in answers.values()):
        raise Conflict(say("Panelet må bli enige om minst ett kriterium først."))
    sent = freeze(actor, whole, answers, approval, state=AssessmentState.FINAL)
    uid = step(actor, candidate, FINISHED)
    tell_one(actor, in_round, candidate, uid, template=RESULT)
    return sent.number
