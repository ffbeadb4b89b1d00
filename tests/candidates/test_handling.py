"""What KS does with candidates, and who gets to know of it when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from pilot.candidates import queries, service
from pilot.candidates.models import Candidate, CandidateStep
from pilot.candidates.rules import (
    LADDER,
    OUTCOMES,
    CandidateState,
    RoundState,
    may_move,
    seen_by_all,
)
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Zone
from tests.support.candidates import PUBLIC_REASON, REASON

R, C = RoundState, CandidateState


def mails():
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_each_step_is_told_at_once(rounds, municipality):
    runner = rounds.at(C.SHORTLISTED, municipality.actor)
    told = [mail.values["event"] for mail in mails() if mail.person_id == municipality.id]
    assert told == ["assessed", "shortlisted"]
    assert runner.row.state is runner.row.own_state is C.SHORTLISTED


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_a_decision_is_told_when_it_is_released(outcome, rounds, municipality, neighbour):
    runner = rounds.at(C.SHORTLISTED, municipality.actor, is_public=True)
    before = len(mails())
    rounds.take(runner, outcome)
    row = runner.row
    assert (row.state, row.own_state) == (outcome, C.SHORTLISTED)
    assert len(mails()) == before
    run = queries.page(rounds.lead, row.round_id, "0301").round
    service.move_round(rounds.lead, run.id, to=R.DECIDED)
    assert len(mails()) == before
    service.release_round(rounds.lead, run.id)
    row = runner.row
    assert (row.state, row.own_state, row.zone) == (outcome, outcome, Zone.PUBLIC)
    new = mails()[before:]
    assert {mail.values["event"] for mail in new} == {outcome.value}
    assert {mail.note for mail in new} == {REASON}
    assert {mail.person_id for mail in new} == {municipality.id, None}
    page = queries.page(municipality.actor, run.id, "0301")
    assert (page.reason, page.row.public_reason) == (REASON, PUBLIC_REASON)


def test_a_municipality_that_has_not_agreed_is_shown_only_if_it_is_chosen(
    rounds, run, municipality, neighbour, stranger
):
    chosen = rounds.interested(run, municipality.actor)
    other = rounds.interested(run, neighbour.actor)
    rounds.move(run, R.ASSESSING)
    rounds.take(chosen, C.ASSESSED, C.SELECTED)
    rounds.take(other, C.DECLINED)
    rounds.move(run, R.DECIDED)
    rounds.release(run)
    text = stranger.get("/utproving").text
    assert "Oslo" in text
    assert "Stavanger" not in text


def test_to_and_fro_before_the_release_is_ks_own_history(rounds, municipality):
    runner = rounds.at(C.SHORTLISTED, municipality.actor)
    rounds.take(runner, C.SELECTED, C.DECLINED, C.SHORTLISTED, C.RESERVE, reason="internt ord")
    run_id = runner.row.round_id
    own = queries.page(municipality.actor, run_id, "0301")
    assert [step.verb for step in own.steps] == ["shortlisted", "assessed", "interested"]
    assert own.reason == REASON  # of the step it knows
    assert "internt ord" not in municipality.get(runner.path).text
    assert own.row.state is C.SHORTLISTED
    mine = queries.page(rounds.lead, run_id, "0301")
    assert [step.is_internal for step in mine.steps] == [True] * 4 + [False] * 3


def test_back_from_a_decision_nobody_heard_of(rounds, municipality):
    runner = rounds.at(C.SHORTLISTED, municipality.actor)
    before = len(mails())
    rounds.take(runner, C.SELECTED, C.SHORTLISTED, reason="feil kommune")
    row = runner.row
    assert (row.state, row.own_state, row.own_reason) == (C.SHORTLISTED, C.SHORTLISTED, REASON)
    assert len(mails()) == before
    assert "feil kommune" not in municipality.get(runner.path).text


def test_a_reason_is_owed_for_a_decision_and_a_step_back(rounds, municipality):
    runner = rounds.at(C.SHORTLISTED, municipality.actor)
    for to in (C.DECLINED, C.ASSESSED):
        with pytest.raises(Rejected) as refused:
            service.move_candidate(rounds.lead, runner.id, to=to)
        assert refused.value.field == "reason"
    with pytest.raises(Rejected) as refused:
        service.move_candidate(rounds.lead, runner.id, to=C.DECLINED, reason=REASON)
    assert refused.value.field == "public_reason"


def test_a_reserve_may_be_chosen_after_the_release(rounds, municipality):
    runner = rounds.at(C.RESERVE, municipality.actor)
    run_id = runner.row.round_id
    service.move_round(rounds.lead, run_id, to=R.DECIDED)
    service.release_round(rounds.lead, run_id)
    with pytest.raises(Conflict):
        rounds.take(runner, C.DECLINED)
    rounds.take(runner, C.SELECTED)
    assert runner.row.own_state is C.SELECTED
    assert mails()[-1].values["event"] == "selected"


def test_one_may_leave_also_when_something_is_decided_that_it_does_not_know(rounds, municipality):
    """A refusal here would tell what is not released."""
    for outcome in (C.DECLINED,):
        runner = rounds.at(outcome, municipality.actor)
        page = queries.page(municipality.actor, runner.row.round_id, "0301")
        assert page.may_withdraw
        service.withdraw_interest(municipality.actor, runner.id)
        assert (runner.row.state, runner.row.own_reason) == (C.WITHDRAWN, "")


def test_the_page_it_was_asked_from_must_be_the_newest(rounds, municipality, ks):
    runner = rounds.at(C.ASSESSED, municipality.actor)
    page = ks.get(f"{runner.path}/flytt/declined")
    assert page.status_code == 200
    rounds.take(runner, C.SHORTLISTED)
    answer = ks.post(
        f"{runner.path}/flytt/declined", seen="assessed", reason="Fordi", public_reason="Fordi"
    )
    assert answer.status_code == 409
    assert runner.row.state is C.SHORTLISTED


@pytest.mark.parametrize("to", ["assessed", "selected"])
def test_no_page_asks_for_a_move_that_is_refused(to, rounds, municipality, ks):
    runner = rounds.at(C.SHORTLISTED, municipality.actor)
    if to == "selected":
        rounds.take(runner, C.SELECTED)
    else:
        rounds.take(runner, C.ASSESSED)
    answer = ks.get(f"{runner.path}/flytt/{to}")
    assert answer.status_code == 409
    assert "Kandidaten kan ikke få denne statusen nå." in answer.text


states = st.sampled_from(CandidateState)


@given(states, states, st.sampled_from(RoundState), st.booleans())
def test_moves_of_a_candidate(state, to, in_round, is_released):
    if not may_move(state, to, in_round, is_released=is_released):
        return
    assert state not in (C.INVITED, C.WITHDRAWN)
    assert to in {*LADDER, *OUTCOMES} - {state}
    if to in OUTCOMES:
        assert in_round in (R.ASSESSING, R.DECIDED)
    if is_released:
        assert (state, to) == (C.RESERVE, C.SELECTED)


@given(states)
def test_nobody_outside_sees_how_far_one_has_come(state):
    assert seen_by_all(state) not in (C.APPLIED, C.ASSESSED, C.SHORTLISTED)


# --- inviting and reading --------------------------------------------------------------------


def test_inviting_by_number_by_name_and_by_county(run, ks, municipality, world):
    typed = "0301 9999, brønnøy,+Herøy%0AHerøy+(Nordland)"
    page = ks.get(f"{run.path}/inviter?numbers={typed}&counties=55")
    assert "Tromsø" in page.text
    assert all(named in page.text for named in ("1813 Brønnøy", "1818 Herøy (Nordland)"))
    assert "Disse fant vi ikke: Herøy, 9999." in page.text
    assert "1515 Herøy (Møre og Romsdal)" in page.text  # which of them may be meant
    assert 'value="0301, 9999, 1813, 1818"' in page.text
    assert db.session.scalar(select(Candidate.id)) is None  # a page that is read writes nothing
    answer = ks.submit(f"{run.path}/inviter?numbers=0301&counties=55", to="/inviter")
    assert "kommuner er invitert" in ks.follow(answer).text
    invited = db.session.scalars(select(Candidate.state)).all()
    assert len(invited) == 22  # Oslo, and the 21 of Troms
    assert set(invited) == {C.INVITED}
    (mail,) = mails()
    assert (mail.person_id, mail.values["event"]) == (municipality.id, "invited")
    assert service.invite(ks.actor, run.id, numbers=["0301"], counties=["55"]) == 0
    assert len(mails()) == 1
    again = ks.get(f"{run.path}/inviter?numbers=0301,1813").text
    assert "I runden fra før: Oslo." in again


def test_inviting_nobody(run, ks):
    with pytest.raises(Rejected):
        service.invite(ks.actor, run.id, numbers=["9999"])
    answer = ks.post(f"{run.path}/inviter", numbers="")
    assert answer.status_code == 422


def test_one_with_nobody_to_answer_is_found_and_someone_invited(run, rounds, ks, ks_member, world):
    runner, organisation = rounds.invited(run, "1813"), world.municipality("1813")
    for person, is_lead in ((ks, True), (ks_member, False)):
        assert ("ingen som kan svare" in person.get("/oversikt").text) is is_lead
        assert "Ingen i kommunen kan logge inn" in person.get(runner.path).text
        assert (f"/{organisation.id}/inviter?" in person.get(runner.path).text) is is_lead
    listed = ks.get("/utproving/kandidater?kontakt=mangler").text
    assert "Brønnøy" in listed
    path = f"/organisasjoner/{organisation.id}/inviter"
    assert "Om runden</textarea>" in ks.get(f"{path}?tekst=Om+runden").text
    ks.submit(path, email="post@1813.kommune.example", role="lead")
    assert "ingen som kan svare" not in ks.get("/oversikt").text
    assert "Brønnøy" not in ks.get("/utproving/kandidater?kontakt=mangler").text
    assert "men har ikke svart" in ks.get(runner.path).text
    world.member(organisation)
    assert "Ingen i kommunen kan logge inn" not in ks.get(runner.path).text


def test_an_invited_municipality_answers(run, rounds, municipality):
    runner = rounds.invited(run, "0301")
    assert municipality.get("/oversikt").text.count("Svar på om kommunen vil være med") == 1
    rounds.interested(run, municipality.actor)
    assert runner.row.state is C.INTERESTED
    assert "Svar på om kommunen" not in municipality.get("/oversikt").text


def test_new_interest_waits_for_ks_until_it_is_read(run, rounds, municipality, ks_member):
    runner = rounds.interested(run, municipality.actor)
    assert "Les nye interessemeldinger" in ks_member.get("/oversikt").text
    assert "Oslo" in ks_member.get("/utproving/kandidater?nye=1").text
    ks_member.submit(runner.path, to="/lest")
    assert "Les nye interessemeldinger" not in ks_member.get("/oversikt").text
    assert "Oslo" not in ks_member.get("/utproving/kandidater?nye=1").text


def test_the_list_filters_and_stands_by_county_and_name(run, rounds, world, ks):
    for number in ("5501", "1103", "0301", "4601"):
        rounds.registered(run, number)
    rounds.invited(run, "1804")
    page = queries.listed(ks.actor, queries.CandidateFilter(round_id=run.id))
    assert [row.name for row in page.rows] == ["Bodø", "Oslo", "Stavanger", "Tromsø", "Bergen"]
    text = ks.get(f"/utproving/kandidater?runde={run.id}&tilstand=invited&fylke=18").text
    assert "Bodø" in text
    assert "Tromsø" not in text
    assert ks.get("/utproving/kandidater?runde=999999999999").status_code == 404


def test_handling_is_for_ks(run, rounds, municipality, neighbour, vendor):
    runner = rounds.interested(run, municipality.actor, is_public=True)
    for person in (neighbour, vendor, municipality):
        with pytest.raises(Forbidden):
            service.move_candidate(person.actor, runner.id, to=C.APPLIED)
        with pytest.raises(Forbidden):
            service.mark_read(person.actor, runner.id)
        with pytest.raises(Forbidden):
            service.invite(person.actor, run.id, numbers=["5001"])
        with pytest.raises(Forbidden):
            queries.listed(person.actor, queries.CandidateFilter(round_id=run.id))
    with pytest.raises(Missing):
        queries.page(neighbour.actor, run.id, "0301")
    assert db.session.scalar(select(CandidateStep.verb)) == "interested"
