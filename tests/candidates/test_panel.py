"""The panel: each on their own first, then together; and who is kept out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pilot.accounts.models import Membership
from pilot.candidates import queries, service
from pilot.candidates.models import PanelAnswer, PanelReview
from pilot.candidates.rules import CandidateState, RoundState
from pilot.candidates.rules.assessing import AnswerText, Written
from pilot.candidates.rules.panel import LOOK_DAYS, ReviewState, is_open
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.unit import unit_of_work
from tests.support import pages
from tests.support.candidates import APPROVAL, Runner, answered

C, R, S = CandidateState, RoundState, ReviewState
FIRST, SECOND = "Vedtaket er tydelig nok.", "Vedtaket mangler en frist."


@pytest.fixture
def sent(rounds, municipality) -> Runner:
    """Oslo, which has assessed itself and sent it in."""
    runner = rounds.at(C.APPLIED, municipality.actor)
    answered(municipality.actor, runner, F1=3, F2=2)
    service.submit_assessment(municipality.actor, runner.id, APPROVAL)
    return runner


@pytest.fixture
def asked(sent, ks, ks_member, nhn) -> Runner:
    for person in (ks_member, nhn):
        service.ask_assessor(ks.actor, sent.id, person.id)
    return sent


def said(level: int | None, rationale: str = "", seen: int = 0) -> Written:
    return Written(AnswerText(level=level, rationale=rationale), seen)


def assess(person, runner: Runner, **answers: Written) -> None:
    service.declare(person.actor, runner.id, has_interest=False, delivery="HelseID")
    service.save_review(person.actor, runner.id, answers)


@pytest.fixture
def done(asked, ks_member, nhn) -> Runner:
    """Both have assessed: alike on F2, and not on F1."""
    assess(ks_member, asked, F1=said(2, FIRST), F2=said(2))
    assess(nhn, asked, F1=said(1, SECOND), F2=said(2))
    for person in (ks_member, nhn):
        service.finish_review(person.actor, asked.id)
    return asked


def rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model)))


def place(runner: Runner) -> tuple[int, str]:
    return runner.row.round_id, "0301"


def test_one_is_asked_by_mail_and_finds_it(asked, nhn, ks):
    mails = [one for one in rows(OutboxMail) if one.template == "candidates/mail/review"]
    assert {one.person_id for one in mails} >= {nhn.id}
    assert "Vurder kommuner som panelmedlem" in nhn.get("/oversikt").text
    assert f"{asked.path}/panel/min" in nhn.get("/utproving/mine-vurderinger").text
    service.ask_assessor(ks.actor, asked.id, nhn.id)  # again: the same
    assert len(rows(PanelReview)) == 2


def test_an_assessor_says_first_whether_they_have_an_interest(asked, nhn, ks):
    path = f"{asked.path}/panel/min"
    with pytest.raises(Conflict):
        service.save_review(nhn.actor, asked.id, {"F1": said(2)})
    assert nhn.submit(path).status_code == 422
    nhn.submit(path, interest="yes")
    assert "deltar ikke i vurderingen" in nhn.get(path).text
    assert nhn.get(f"{path}/anchoring").status_code == 409
    with pytest.raises(Conflict):
        service.save_review(nhn.actor, asked.id, {"F1": said(2)})
    assert "Har en interesse og deltar ikke" in ks.get(f"{asked.path}/panel").text


def test_nobody_sees_what_another_writes_before_all_are_done(asked, ks, ks_member, nhn):
    assess(ks_member, asked, F1=said(2, FIRST))
    assess(nhn, asked, F1=said(1, SECOND))
    service.finish_review(ks_member.actor, asked.id)
    for person in (ks, ks_member, nhn):
        assert person.get(f"{asked.path}/panel/samlet").status_code == 404
        with pytest.raises(Missing):
            queries.moderation(person.actor, *place(asked))
    for person, own, other in ((ks_member, FIRST, SECOND), (nhn, SECOND, FIRST)):
        mine = queries.my_review(person.actor, *place(asked))
        assert [row.text.rationale for row in mine.answers.values()] == [own]
        assert other not in person.get(f"{asked.path}/panel/min").text
    seen = nhn.get(f"{asked.path}/panel/min/anchoring").text
    assert SECOND in seen
    assert FIRST not in seen
    assert FIRST not in ks.get(f"{asked.path}/panel").text
    assert ks.get(f"{asked.path}/panel/min").status_code == 404  # the lead assesses nobody


def test_the_differences_are_shown_when_all_are_done(done, ks, nhn):
    page = queries.moderation(nhn.actor, *place(done))
    assert page.answer("F1").text.level is None  # to be agreed on
    assert page.answer("F2").text.level == 2  # both said so
    shown = ks.get(f"{done.path}/panel/samlet").text
    assert "Panelet er ulikt på ett kriterium." in shown
    both = ks.get(f"{done.path}/panel/samlet/anchoring").text
    assert FIRST in both
    assert SECOND in both


def test_what_is_done_stands(done, nhn):
    with pytest.raises(Conflict):
        service.save_review(nhn.actor, done.id, {"F1": said(4, seen=1)})
    with pytest.raises(Conflict):
        service.declare(nhn.actor, done.id, has_interest=True)


def test_the_municipality_reads_the_result_and_not_who_said_what(done, ks, nhn, municipality):
    result = f"{done.path}/panelvurdering"
    assert municipality.get(result).status_code == 404
    nhn.submit(f"{done.path}/panel/samlet/anchoring", F1_level="2", F1_rationale="Vi ble enige.")
    assert municipality.get(result).status_code == 404
    assert nhn.get(f"{done.path}/panel/ferdigstill").status_code == 403
    answer = ks.submit(f"{done.path}/panel/ferdigstill", name="Kari", role_title="prosjektleder")
    assert answer.status_code == 302
    shown = municipality.get(result).text
    assert "Vi ble enige." in shown
    assert "HelseID" in shown
    for hidden in (FIRST, SECOND, nhn.actor.name):
        assert hidden not in shown
    assert "Panelet er ferdig med vurderingen" in municipality.get(done.path).text
    templates = [one.template for one in rows(OutboxMail)]
    assert "candidates/mail/panel_result" in templates


def test_a_result_stands_and_a_change_is_a_new_one(done, ks):
    service.save_moderation(ks.actor, done.id, {"F1": said(2)})
    assert service.finish_panel(ks.actor, done.id, APPROVAL) == 1
    assert service.finish_panel(ks.actor, done.id, APPROVAL) == 1  # nothing has changed
    page = queries.moderation(ks.actor, *place(done))
    service.save_moderation(ks.actor, done.id, {"F1": said(3, seen=page.answer("F1").revision)})
    assert service.finish_panel(ks.actor, done.id, APPROVAL) == 2


def test_two_who_moderate_the_same_see_both_texts(done, ks, nhn):
    path = f"{done.path}/panel/samlet/anchoring"
    form = next(
        one for one in pages.forms(nhn.get(path).text, path) if "F1_level" in dict(one.fields)
    )
    ks.submit(path, F1_level="1", F1_rationale="Fra KS.")
    typed = dict(form.fields) | {"F1_level": "2", "F1_rationale": "Fra NHN."}
    answer = nhn.send(form, typed)
    assert answer.status_code == 409
    assert "Fra KS." in answer.text
    assert "Fra NHN." in answer.text


def test_who_may_not_be_asked(sent, ks, municipality, vendor, nhn):
    for person in (municipality, vendor):
        with pytest.raises(Rejected):
            service.ask_assessor(ks.actor, sent.id, person.id)
    with unit_of_work():  # one at Norsk helsenett who works in the municipality too
        tied = Membership(person_id=nhn.id, organisation_id=municipality.organisation_id, role=None)
        db.session.add(tied)
    with pytest.raises(Rejected):
        service.ask_assessor(ks.actor, sent.id, nhn.id)
    assert nhn.actor.name not in ks.get(f"{sent.path}/panel").text


def test_one_who_gets_a_tie_to_a_vendor_is_kept_out(asked, nhn, vendor):
    service.declare(nhn.actor, asked.id, has_interest=False)
    with unit_of_work():
        tie = Membership(person_id=nhn.id, organisation_id=vendor.organisation_id, role=None)
        db.session.add(tie)
    assert nhn.get(f"{asked.path}/panel/min").status_code == 404
    with pytest.raises(Forbidden):
        service.save_review(nhn.actor, asked.id, {"F1": said(2)})


def test_others_know_nothing_of_the_panel(done, municipality, neighbour, vendor, steering):
    for person in (neighbour, vendor, steering):
        for path in ("", "/min", "/min/anchoring", "/samlet", "/samlet/anchoring", "/ferdigstill"):
            assert person.get(f"{done.path}/panel{path}").status_code == 404
        assert person.get(f"{done.path}/panelvurdering").status_code == 404
        with pytest.raises((Missing, Forbidden)):
            service.finish_review(person.actor, done.id)
    assert municipality.get(f"{done.path}/panel").status_code == 403
    assert municipality.get(f"{done.path}/panel/samlet").status_code == 404


def test_one_more_is_not_asked_when_all_are_done(done, ks):
    with pytest.raises(Conflict):
        service.ask_assessor(ks.actor, done.id, ks.id)


def test_another_steps_aside_and_the_rest_go_on(asked, ks, ks_member, nhn):
    service.ask_assessor(ks.actor, asked.id, ks.id)
    for person in (ks_member, nhn):
        assess(person, asked, F1=said(2))
        service.finish_review(person.actor, asked.id)
    with pytest.raises(Missing):
        queries.moderation(nhn.actor, *place(asked))
    service.declare(ks.actor, asked.id, has_interest=True)
    assert queries.moderation(nhn.actor, *place(asked)).answer("F1").text.level == 2


@pytest.mark.parametrize(
    ("states", "opens"),
    [
        ((), False),
        ((S.DONE,), False),
        ((S.DONE, S.DONE), True),
        ((S.DONE, S.DONE, S.DRAFT), False),
        ((S.DONE, S.DONE, S.ASKED), False),
        ((S.DONE, S.DONE, S.STEPPED_ASIDE), True),
        ((S.DONE, S.STEPPED_ASIDE), False),
    ],
)
def test_when_the_assessors_see_each_other(states, opens):
    assert is_open(states) is opens


def test_an_older_window_stores_nothing(asked, nhn):
    assess(nhn, asked, F1=said(2))
    service.save_review(nhn.actor, asked.id, {"F1": said(3, seen=1)})
    with pytest.raises(Conflict):
        service.save_review(nhn.actor, asked.id, {"F1": said(4, seen=1)})
    assert [row.level for row in rows(PanelAnswer)] == [3]


# --- a new look ---------------------------------------------------------------------------------


@pytest.fixture
def result(done, ks) -> Runner:
    service.finish_panel(ks.actor, done.id, APPROVAL)
    return done


def test_a_new_look_is_asked_for_once_and_answered(result, municipality, ks):
    path = f"{result.path}/panelvurdering"
    assert "Be om ny vurdering …" in municipality.get(path).text
    assert municipality.submit(f"{path}/ny-vurdering").status_code == 422
    municipality.submit(f"{path}/ny-vurdering", text="F1 bygger på et eldre vedtak.")
    assert queries.one(ks.actor, *place(result)).is_new
    assert "F1 bygger på et eldre vedtak." in ks.get(path).text
    with pytest.raises(Conflict):
        service.ask_new_look(municipality.actor, result.id, "Og F2.")
    answer = ks.submit(f"{path}/svar", answer="Vi har lest vedtaket og holder fast.")
    assert answer.status_code == 302
    assert "Vi har lest vedtaket og holder fast." in municipality.get(path).text
    assert "KS svarte på ønsket om ny vurdering" in municipality.get(result.path).text
    assert "candidates/mail/new_look" in [one.template for one in rows(OutboxMail)]
    with pytest.raises(Conflict):
        service.answer_new_look(ks.actor, result.id, "Noe annet.")


def test_the_window_closes(result, municipality, monkeypatch):
    late = clock.today() + timedelta(days=LOOK_DAYS + 1)
    monkeypatch.setattr(clock, "today", lambda: late)
    assert "Be om ny vurdering …" not in municipality.get(f"{result.path}/panelvurdering").text
    with pytest.raises(Conflict):
        service.ask_new_look(municipality.actor, result.id, "For sent.")


def test_who_may_ask_and_answer(result, municipality, neighbour, ks, ks_member, nhn):
    for person in (ks, nhn, neighbour):
        with pytest.raises((Forbidden, Missing)):
            service.ask_new_look(person.actor, result.id, "Jeg vil.")
    service.ask_new_look(municipality.actor, result.id, "Se igjen.")
    for person in (ks_member, nhn, municipality):
        with pytest.raises((Forbidden, Missing)):
            service.answer_new_look(person.actor, result.id, "Nei.")


def test_a_new_result_may_be_looked_at_anew(result, municipality, ks):
    service.ask_new_look(municipality.actor, result.id, "Se igjen.")
    page = queries.moderation(ks.actor, *place(result))
    service.save_moderation(ks.actor, result.id, {"F1": said(3, seen=page.answer("F1").revision)})
    service.finish_panel(ks.actor, result.id, APPROVAL)
    shown = municipality.get(f"{result.path}/panelvurdering").text
    assert "KS har ikke svart ennå." in shown
    with pytest.raises(Conflict):  # the first is not answered yet
        service.ask_new_look(municipality.actor, result.id, "Enda en gang.")
    service.answer_new_look(ks.actor, result.id, "Vi har hevet F1.")
    service.ask_new_look(municipality.actor, result.id, "Enda en gang.")
