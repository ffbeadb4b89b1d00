"""Forty at once, from two processes, each with a connection of its own: exact counts, no 500."""

from pilot.candidates.models import Candidate, CandidateStep, PilotRound
from pilot.candidates.rules import CandidateState, RoundState
from pilot.core.audit import AuditEvent
from pilot.core.outbox import OutboxMail
from tests.stories.test_races import (
    CROWD,
    assert_chain_holds,
    count,
    crowd,
    statuses,
)
from tests.support.candidates import interest

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
