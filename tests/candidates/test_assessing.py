"""The self-assessment: several write, nothing is lost, and KS reads what was sent in."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from pilot.candidates import queries, service
from pilot.candidates.models import Answer, AnswerVersion, Section
from pilot.candidates.rules import CandidateState, RoundState
from pilot.candidates.rules.assessing import AnswerText, Approval, Written
from pilot.candidates.rules.criteria import Dimension
from pilot.core import clock
from pilot.core.db import db
from pilot.core.errors import Conflict, Forbidden, Missing, Rejected
from pilot.core.outbox import OutboxMail
from pilot.core.unit import unit_of_work
from tests.support import identity, pages
from tests.support.candidates import APPROVAL, Runner, answered

C, R = CandidateState, RoundState
SCRIPT = {"X-Autosave": "1"}
TYPED = {"name": "Grete Godkjent", "role_title": "kommunalsjef"}


@pytest.fixture
def applied(rounds, municipality) -> Runner:
    """Oslo, asked by KS to assess itself."""
    return rounds.at(C.APPLIED, municipality.actor)


def rows(model):
    db.session.rollback()
    return list(db.session.scalars(select(model)))


def drawn(person, path: str) -> pages.Form:
    """The form as the person has it open, whatever others do meanwhile."""
    return form_in(person.get(path).text, path)


def form_in(text: str, path: str) -> pages.Form:
    return next(one for one in pages.forms(text, path) if "F1_level" in dict(one.fields))


def said(level: int | None = None, rationale: str = "", *links: str) -> AnswerText:
    return AnswerText(level=level, rationale=rationale, evidence=links)


def test_what_is_answered_stands_there_the_next_time(applied, municipality):
    path = f"{applied.path}/vurdering/anchoring"
    answer = municipality.submit(
        path, F1_level="3", F1_rationale="Vedtatt i juni.", F1_evidence="https://oslo.example/sak"
    )
    assert answer.status_code == 302
    shown = municipality.get(path).text
    assert "Vedtatt i juni." in shown
    fields = dict(pages.forms(shown, "")[0].fields)
    assert (fields["F1_level"], fields["F1_evidence"].strip()) == ("3", "https://oslo.example/sak")
    whole = municipality.get(f"{applied.path}/vurdering").text
    assert "1 av 4 vurdert" in whole
    assert "For lite vurdert" in whole


def test_not_assessed_is_never_0(applied, municipality):
    path = f"{applied.path}/vurdering/anchoring"
    municipality.submit(path, F1_rationale="Vi vet ikke ennå.")
    page = queries.assessment_page(municipality.actor, *place(applied))
    assert page.answer("F1").text == said(None, "Vi vet ikke ennå.")
    assert (page.answered, page.readiness.overall.value) == (0, None)
    municipality.submit(path, F1_level="0")
    page = queries.assessment_page(municipality.actor, *place(applied))
    assert (page.answered, page.readiness.overall.value) == (1, 0)


def place(runner: Runner) -> tuple[int, str]:
    return runner.row.round_id, "0301"


def test_faults_are_said_at_their_fields_and_nothing_is_stored(applied, municipality):
    answer = municipality.submit(
        f"{applied.path}/vurdering/anchoring",
        F1_level="7",
        F2_rationale="x" * 2_001,
        F3_evidence="www.oslo.example",
        F4_rationale=f"Se {identity.ORDINARY}",
    )
    assert answer.status_code == 422
    for name in ("F1_level", "F2_rationale", "F3_evidence", "F4_rationale"):
        assert f'id="{name}-feil"' in answer.text
    assert "www.oslo.example" in answer.text
    assert not rows(Answer)


def test_two_who_write_different_answers_keep_both(applied, municipality, colleague):
    path = f"{applied.path}/vurdering/anchoring"
    form = drawn(municipality, path)
    colleague.submit(path, F1_level="2", F1_rationale="Fra kollegaen.")
    answer = municipality.send(form, dict(form.fields) | {"F2_level": "4"})
    assert answer.status_code == 302
    page = queries.assessment_page(municipality.actor, *place(applied))
    assert page.answer("F1").text == said(2, "Fra kollegaen.")
    assert page.answer("F2").text.level == 4


def test_two_who_write_the_same_answer_both_see_it(applied, municipality, colleague):
    path = f"{applied.path}/vurdering/anchoring"
    form = drawn(municipality, path)
    colleague.submit(path, F1_level="2", F1_rationale="Fra kollegaen.")
    typed = dict(form.fields) | {"F1_level": "4", "F1_rationale": "Fra meg.", "F2_level": "1"}
    answer = municipality.send(form, typed)
    assert answer.status_code == 409
    assert "Fra kollegaen." in answer.text
    assert "Fra meg." in answer.text
    page = queries.assessment_page(municipality.actor, *place(applied))
    assert page.answer("F1").text == said(2, "Fra kollegaen.")
    assert page.answer("F2").text.level == 1  # the rest of the form is stored
    again = form_in(answer.text, path)
    assert municipality.send(again, dict(again.fields)).status_code == 302
    page = queries.assessment_page(municipality.actor, *place(applied))
    assert page.answer("F1").text == said(4, "Fra meg.")
    past = municipality.get(f"{path}/historikk").text
    assert "Fra kollegaen." in past
    assert "ikke tatt med, en kollega skrev samtidig" in past
    assert {row.rationale for row in rows(AnswerVersion)} >= {"Fra kollegaen.", "Fra meg."}


def test_the_script_saves_without_leaving_the_page(applied, municipality, colleague):
    path = f"{applied.path}/vurdering/anchoring"
    form = drawn(municipality, path)
    typed = dict(form.fields) | {"F1_level": "3"}
    saved = municipality.api("POST", path, data=typed, headers=SCRIPT)
    assert (saved.status_code, saved.json["outcome"]) == (200, "saved")
    assert "F1.1" in saved.json["revision"].split()
    colleague.submit(path, F1_level="2")
    late = typed | {"F1_level": "4", "revision": saved.json["revision"]}
    clash = municipality.api("POST", path, data=late, headers=SCRIPT)
    assert clash.json["outcome"] == "clash"
    wrong = municipality.api("POST", path, data=typed | {"F1_level": "9"}, headers=SCRIPT)
    assert wrong.json["outcome"] == "faulty"


def test_sending_in_makes_a_version_that_stands(applied, municipality, ks):
    answered(municipality.actor, applied, F1=3, F2=2)
    answer = municipality.submit(f"{applied.path}/vurdering/send-inn", **TYPED)
    assert answer.headers["Location"].endswith("/vurdering/versjoner/1")
    answered(municipality.actor, applied, F1=4)
    read = queries.assessment_page(ks.actor, *place(applied))
    assert read.answer("F1").text.level == 3  # what was sent, until it is sent again
    own = queries.assessment_page(municipality.actor, *place(applied))
    assert (own.answer("F1").text.level, own.state) == (4, "draft")
    service.submit_assessment(municipality.actor, applied.id, APPROVAL)
    second = queries.version_page(ks.actor, *place(applied), 2)
    assert [(one.code, one.before, one.after) for one in second.moved] == [("F1", 3, 4)]
    with pytest.raises(DBAPIError), unit_of_work():
        db.session.execute(text("UPDATE submitted_answer SET level = 0"))


def test_sent_twice_is_one_version(applied, municipality):
    answered(municipality.actor, applied, F1=3)
    first = service.submit_assessment(municipality.actor, applied.id, APPROVAL).number
    assert service.submit_assessment(municipality.actor, applied.id, APPROVAL).number == first


def test_nothing_answered_is_nothing_to_send(applied, municipality):
    with pytest.raises(Conflict):
        service.submit_assessment(municipality.actor, applied.id, APPROVAL)
    answered(municipality.actor, applied, F1=3)
    nobody = Approval()
    with pytest.raises(Rejected) as refused:
        service.submit_assessment(municipality.actor, applied.id, nobody)
    assert [name for name, _words in refused.value.found] == ["name", "role_title", "confirmed_on"]


def test_ks_reads_nothing_before_it_is_sent(applied, municipality, ks):
    answered(municipality.actor, applied, F1=3)
    assert "har ikke sendt inn ennå" in ks.get(f"{applied.path}/vurdering").text
    assert queries.assessment_page(ks.actor, *place(applied)).answers == {}
    assert ks.get(f"{applied.path}/vurdering/anchoring").status_code == 403


def test_others_know_nothing_of_it(applied, municipality, neighbour, vendor, nhn, stranger):
    answered(municipality.actor, applied, F1=3)
    service.submit_assessment(municipality.actor, applied.id, APPROVAL)
    for person in (neighbour, vendor, nhn):
        for path in ("", "/anchoring", "/send-inn", "/versjoner/1", "/versjoner/1.pdf"):
            assert person.get(f"{applied.path}/vurdering{path}").status_code == 404
    assert stranger.get(f"{applied.path}/vurdering").status_code == 302
    with pytest.raises((Forbidden, Missing)):
        service.save_answers(neighbour.actor, applied.id, {})


def test_only_those_asked_may_answer(rounds, run, municipality):
    runner = rounds.interested(run, municipality.actor)
    with pytest.raises(Conflict):
        answered(municipality.actor, runner, F1=3)
    assert municipality.get(f"{runner.path}/vurdering/anchoring").status_code == 409
    assert "/vurdering" not in municipality.get(runner.path).text


def test_it_is_closed_when_ks_has_assessed(rounds, run, municipality):
    runner = rounds.at(C.APPLIED, municipality.actor, run=run)
    answered(municipality.actor, runner, F1=3)
    rounds.move(run, R.ASSESSING)
    answered(municipality.actor, runner, F1=2)
    rounds.take(runner, C.ASSESSED)
    with pytest.raises(Conflict):
        answered(municipality.actor, runner, F1=1)


def test_an_unknown_criterion_is_refused(applied, municipality):
    with pytest.raises(Rejected):
        service.save_answers(municipality.actor, applied.id, {"X9": Written(said(3), 0)})


def test_a_colleague_is_asked_by_mail(applied, municipality, colleague):
    due = clock.today() + timedelta(days=9)
    path = f"{applied.path}/vurdering/law/ansvar"
    answer = municipality.submit(path, person_id=str(colleague.id), due_on=str(due))
    assert answer.status_code == 302
    assert colleague.actor.name in municipality.get(f"{applied.path}/vurdering").text
    mails = [mail for mail in rows(OutboxMail) if mail.template == "candidates/mail/section"]
    assert [mail.person_id for mail in mails] == [colleague.id]
    municipality.submit(path, person_id=str(colleague.id), due_on=str(due))  # the same again
    assert len([m for m in rows(OutboxMail) if m.template == "candidates/mail/section"]) == 1


def test_one_from_elsewhere_is_not_asked(applied, municipality, neighbour):
    yesterday = clock.today() - timedelta(days=1)
    for person_id, due_on in ((neighbour.id, None), (municipality.id, yesterday)):
        with pytest.raises(Rejected):
            service.assign_section(
                municipality.actor, applied.id, Dimension.LAW, person_id=person_id, due_on=due_on
            )
    assert not rows(Section)


def test_the_receipt_is_a_tagged_paper(applied, municipality):
    answered(municipality.actor, applied, F1=3)
    service.submit_assessment(municipality.actor, applied.id, APPROVAL)
    paper = municipality.get(f"{applied.path}/vurdering/versjoner/1.pdf")
    assert paper.mimetype == "application/pdf"
    assert b"/MarkInfo" in paper.data
    assert municipality.get(f"{applied.path}/vurdering/versjoner/2.pdf").status_code == 404


def test_ks_sees_that_there_is_something_to_read(applied, municipality, ks):
    service.mark_read(ks.actor, applied.id)
    answered(municipality.actor, applied, F1=3)
    service.submit_assessment(municipality.actor, applied.id, APPROVAL)
    assert queries.one(ks.actor, *place(applied)).is_new
    assert "Sendte inn egenvurderingen" in ks.get(applied.path).text


def test_the_municipality_is_told_what_is_next(applied, municipality):
    assert "Fyll ut egenvurderingen" in municipality.get("/oversikt").text
    answered(municipality.actor, applied, F1=3)
    service.submit_assessment(municipality.actor, applied.id, APPROVAL)
    assert "Fyll ut egenvurderingen" not in municipality.get("/oversikt").text
