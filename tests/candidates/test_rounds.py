"""A round's way from planned to closed, and what is refused on it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot.candidates import queries, service
from pilot.candidates.models import PilotRound
from pilot.candidates.rules import (
    ROUND_MOVES,
    CandidateState,
    RoundState,
    may_move_round,
    round_faults,
)
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.unit import unit_of_work
from tests.support.candidates import interest, round_text

R, C = RoundState, CandidateState


def test_a_planned_round_is_for_ks_alone(rounds, stranger, municipality, ks_member):
    made = rounds.planned(name="Hemmelig runde")
    for person in (stranger, municipality):
        assert person.get(made.path).status_code == 404
        assert "Hemmelig runde" not in person.get("/utproving").text
    assert ks_member.get(made.path).status_code == 200
    rounds.move(made, R.OPEN)
    assert "Hemmelig runde" in stranger.get("/utproving").text


def test_one_round_is_open_at_a_time(rounds, run):
    other = rounds.planned(name="En annen")
    with pytest.raises(Conflict, match="Prøverunden"):
        rounds.move(other, R.OPEN)
    rounds.move(run, R.ASSESSING)
    rounds.move(other, R.OPEN)
    with pytest.raises(Conflict):
        rounds.move(run, R.OPEN)


def test_the_database_itself_keeps_one_open(rounds, run):
    other = rounds.planned()
    with pytest.raises(Conflict, match="åpen"), unit_of_work():
        db.session.get_one(PilotRound, other.id).state = R.OPEN


def test_a_round_whose_deadline_is_past_is_not_opened(rounds):
    today = clock.today()
    late = rounds.planned(
        opens_on=today - timedelta(days=9),
        closes_on=today - timedelta(days=1),
        decision_on=None,
    )
    with pytest.raises(Rejected, match="ny frist"):
        rounds.move(late, R.OPEN)


def test_all_who_answered_have_an_outcome_before_it_is_decided(
    rounds, run, municipality, neighbour
):
    rounds.interested(run, municipality.actor)
    rounds.invited(run, "5001")
    runner = rounds.interested(run, neighbour.actor)
    service.withdraw_interest(neighbour.actor, runner.id)
    rounds.move(run, R.ASSESSING)
    with pytest.raises(Conflict, match="uten utfall: 1"):
        rounds.move(run, R.DECIDED)
    rounds.take(rounds_candidate(run, municipality), C.DECLINED)
    rounds.move(run, R.DECIDED)
    with pytest.raises(Conflict):
        rounds.move(run, R.CLOSED)  # not before the release
    rounds.release(run)
    with pytest.raises(Conflict):
        rounds.release(run)
    with pytest.raises(Conflict):
        rounds.move(run, R.ASSESSING)  # what is released is not taken back
    rounds.move(run, R.CLOSED)


def rounds_candidate(run, person):
    return queries.page(person.actor, run.id, person.actor.municipality_number).row


@given(st.sampled_from(RoundState), st.sampled_from(RoundState), st.booleans())
def test_moves_of_a_round(state, to, is_released):
    allowed = may_move_round(state, to, is_released=is_released)
    assert not allowed or state in ROUND_MOVES[to]
    if is_released and state is R.DECIDED:
        assert allowed is (to is R.CLOSED)
    assert not (allowed and state is R.CLOSED)


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"name": ""}, {"name"}),
        ({"opens_on": None, "closes_on": None, "decision_on": None}, {"opens_on", "closes_on"}),
        ({"closes_on": clock.today() - timedelta(days=1)}, {"closes_on"}),
        ({"decision_on": clock.today()}, {"decision_on"}),
        ({"text": "x" * 20_001}, {"text"}),
    ],
)
def test_what_must_be_mended_in_a_round(fields, faulty):
    assert {name for name, _ in round_faults(round_text(**fields))} == faulty


def test_only_leads_manage_rounds(rounds, run, ks_member, municipality):
    for person in (ks_member, municipality):
        with pytest.raises(Forbidden):
            service.add_round(person.actor, round_text())
        with pytest.raises(Forbidden):
            service.move_round(person.actor, run.id, to=R.ASSESSING)
        with pytest.raises(Forbidden):
            service.release_round(person.actor, run.id)
    with pytest.raises(Missing):
        service.move_round(municipality.actor, rounds.planned().id, to=R.OPEN)


def test_a_form_sent_twice_is_one_round(ks):
    first = service.add_round(ks.actor, round_text(), form_key="a" * 32)
    assert service.add_round(ks.actor, round_text(), form_key="a" * 32).id == first.id


def test_two_leads_edit_at_once(rounds, ks):
    made = rounds.planned()
    page = ks.get(f"{made.path}/endre")
    assert page.status_code == 200
    service.edit_round(ks.actor, made.id, round_text(name="Ny"), revision=made.row.revision)
    answer = ks.post(
        f"{made.path}/endre",
        name="Min",
        opens_on="2026-11-01",
        closes_on="2026-12-01",
        revision="1",
    )
    assert answer.status_code == 409
    assert "Ny" in answer.text
    assert "Min" in answer.text
    assert made.row.name == "Ny"


def test_a_decision_that_is_not_released_looks_like_assessment(
    rounds, run, municipality, stranger, steering
):
    rounds.interested(run, municipality.actor, is_public=True)
    rounds.move(run, R.ASSESSING)
    rounds.take(rounds_candidate(run, municipality), C.DECLINED)
    rounds.move(run, R.DECIDED)
    for person in (stranger, municipality, steering):
        text = person.get(run.path).text
        assert "Under vurdering" in text
        assert "Besluttet" not in text
        assert "Ikke valgt" not in text
    rounds.release(run)
    assert "Besluttet" in stranger.get(run.path).text


def test_the_pages_of_a_lead(rounds, ks):
    answer = ks.submit(
        "/utproving/runder/ny",
        name="Ny runde",
        opens_on=str(clock.today()),
        closes_on=str(clock.today() + timedelta(days=20)),
        decision_on="",
        text="Tekst",
    )
    path = answer.headers["Location"]
    assert "Bare KS" in ks.get(path).text
    ks.follow(ks.submit(f"{path}/flytt/open"))
    assert "Åpen" in ks.get("/utproving").text
    bad = ks.submit(f"{path}/endre", name="", closes_on="tull")
    assert bad.status_code == 422
    assert "Skriv datoen" in bad.text
    assert ks.get(f"{path}/flytt/ukjent").status_code == 404


def test_interest_waits_for_the_round(rounds, municipality):
    made = rounds.planned()
    with pytest.raises(Missing):
        service.express_interest(municipality.actor, made.id, interest())
