"""Forty at once, from two processes, each with a connection of its own: exact counts, no 500."""

from functools import partial

from sqlalchemy import select

from pilot.candidates.models import (
    Answer,
    AnswerVersion,
    Assessment,
    Candidate,
    CandidateStep,
    PanelReview,
    PilotRound,
    Submission,
    SubmittedAnswer,
)
from pilot.candidates.rules import CandidateState, RoundState
from pilot.candidates.rules.assessing import AssessmentKind
from pilot.candidates.rules.panel import ReviewState
from pilot.core.audit import AuditEvent
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from tests.stories.test_races import (
    CROWD,
    assert_chain_holds,
    count,
    crowd,
    one_way_or_the_other,
    post,
    statuses,
)
from tests.support.candidates import answered, interest, judged
from tests.support.race import race

C, R = CandidateState, RoundState
TYPED = {
    "contact_name": "Inga",
    "contact_email": "inga@prove.example",
    "approved_by": "Grete",
    "approved_role": "kommunalsjef",
    "revision": "0",
}


def typed(**fields: str) -> dict[str, str]:
    return TYPED | {"approved_on": str(interest().approved_on)} | fields


def test_a_municipality_expresses_interest_once(shared_database, rounds, municipality, colleague):
    run = rounds.open()
    before = count(AuditEvent)
    answers = crowd(
        shared_database,
        [municipality.id, colleague.id],
        f"{run.path}/interesse",
        **typed(sentence="Vi vil være med."),
    )
    assert statuses(answers) == {302: CROWD}  # the same form again is the same interest
    assert (count(Candidate), count(CandidateStep)) == (1, 1)
    assert count(OutboxMail) == 2  # the colleague, and the contact that is named
    assert_chain_holds(before + 1)


def test_two_who_write_differently(shared_database, rounds, municipality, colleague):
    run = rounds.open()
    answers = crowd(
        shared_database,
        [municipality.id, colleague.id],
        f"{run.path}/interesse",
        **typed(sentence="Setning {n}"),
    )
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert count(Candidate) == 1


def test_one_round_is_opened(shared_database, rounds, ks):
    paths = [rounds.planned(name=f"Runde {n}").path for n in range(2)]
    answers = [
        *crowd(shared_database, [ks.id], f"{paths[0]}/flytt/open"),
        *crowd(shared_database, [ks.id], f"{paths[1]}/flytt/open"),
    ]
    assert statuses(answers) == {302: 1, 409: 2 * CROWD - 1}
    assert count(PilotRound, state=R.OPEN) == 1


def test_no_text_of_a_section_is_lost(shared_database, rounds, municipality, colleague):
    """Forty write the same answer, and one other each: every text is the answer or in the history,
    and what they did not write stands."""
    runner = rounds.at(C.APPLIED, municipality.actor)
    answers = crowd(
        shared_database,
        [municipality.id, colleague.id],
        f"{runner.path}/vurdering/anchoring",
        F1_rationale="Tekst {n} er min.",
        revision="F1.0 F2.0 F3.0 F4.0",
    )
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    texts = list(db.session.scalars(select(AnswerVersion.rationale)))
    assert sorted(texts) == sorted(f"Tekst {n} er min." for n in range(CROWD))
    assert (count(Assessment), count(Answer)) == (1, 1)


def test_a_version_is_sent_while_colleagues_write(shared_database, rounds, municipality, colleague):
    """What was sent is what stood at one moment, and writing on is possible after it."""
    runner = rounds.at(C.APPLIED, municipality.actor)
    answered(municipality.actor, runner, F1=1, F2=1)
    write = {"F1_level": "3", "F2_level": "3", "revision": "F1.1 F2.1"}
    send = {"name": "Grete", "role_title": "sjef", "confirmed_on": str(interest().approved_on)}
    path = f"{runner.path}/vurdering"
    people = [municipality.id, colleague.id]
    writing = partial(post, people, f"{path}/anchoring", write)
    sending = partial(post, people, f"{path}/send-inn", send)
    db.session.remove()
    ways = partial(one_way_or_the_other, [writing, sending])
    answers = race(ways, shared_database, threads=CROWD // 2)
    assert {code for code, _where in answers} == {302}
    frozen = db.session.execute(select(SubmittedAnswer.submission_id, SubmittedAnswer.level)).all()
    by_version: dict[int, set[int]] = {}
    for version, level in frozen:
        by_version.setdefault(version, set()).add(level)
    assert all(len(levels) == 1 for levels in by_version.values())  # both old, or both new
    assert 1 <= len(by_version) <= 2
    assert count(Answer, level=3) == 2


def test_two_assessors_are_done_at_once(shared_database, rounds, municipality, ks_member, nhn):
    """Whoever is last opens the panel's common answers, once."""
    runner = rounds.at(C.APPLIED, municipality.actor)
    judged(rounds.lead, runner, (ks_member.actor, nhn.actor), 1)
    answers = crowd(shared_database, [ks_member.id, nhn.id], f"{runner.path}/panel/min/ferdig")
    assert statuses(answers) == {302: CROWD}
    assert count(PanelReview, state=ReviewState.DONE) == 2
    assert count(Assessment, kind=AssessmentKind.PANEL) == 1
    assert count(Answer, level=2) == 1


def test_a_result_comes_out_once(shared_database, rounds, municipality, ks, ks_member, nhn):
    runner = rounds.at(C.APPLIED, municipality.actor)
    judged(rounds.lead, runner, (ks_member.actor, nhn.actor), 2)
    typed = {"name": "Kari", "role_title": "leder", "confirmed_on": str(interest().approved_on)}
    answers = crowd(shared_database, [ks.id], f"{runner.path}/panel/ferdigstill", **typed)
    assert statuses(answers) == {302: CROWD}
    assert count(Submission) == 1
    assert count(OutboxMail, template="candidates/mail/panel_result") == 2


def test_a_decision_is_released_once(shared_database, rounds, run, municipality, ks):
    runner = rounds.interested(run, municipality.actor, is_public=True)
    rounds.move(run, R.ASSESSING)
    rounds.take(runner, C.DECLINED)
    rounds.move(run, R.DECIDED)
    before, mails = count(AuditEvent), count(OutboxMail)
    answers = crowd(shared_database, [ks.id], f"{run.path}/offentliggjor")
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert count(OutboxMail) == mails + 2
    assert_chain_holds(before + 2)


def test_ks_decides_once(shared_database, rounds, run, municipality, ks):
    runner = rounds.interested(run, municipality.actor)
    rounds.move(run, R.ASSESSING)
    answers = crowd(
        shared_database,
        [ks.id],
        f"{runner.path}/flytt/declined",
        seen="interested",
        reason="Fordi {n}",
        public_reason="Fordi",
    )
    assert statuses(answers) == {302: 1, 409: CROWD - 1}
    assert count(CandidateStep, verb="declined") == 1
    assert count(CandidateStep) == 2
    assert runner.row.own_state is C.INTERESTED
