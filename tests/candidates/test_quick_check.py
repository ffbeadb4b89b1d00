"""The quick check: what a municipality lacks, in ten minutes; for itself and KS."""

import pytest

from pilot.candidates import queries, service
from pilot.candidates.rules import CandidateState, RoundState
from pilot.candidates.rules.assessing import QuickAnswer
from pilot.candidates.rules.criteria import Dimension
from pilot.core.errors import Conflict, Forbidden
from tests.support.candidates import Runner

C, R = CandidateState, RoundState
HEADING = "Dette må på plass før dere kan delta"
LACK = "må dere peke ut en prosjektleder"
WHOLE = {one.value: "yes" for one in Dimension}


@pytest.fixture
def interested(rounds, run, municipality) -> Runner:
    return rounds.interested(run, municipality.actor, is_public=True)


def test_it_says_what_must_be_in_place(run, interested, municipality):
    path = f"{run.path}/hurtigsjekk"
    assert HEADING not in municipality.get(path).text
    answer = municipality.submit(path, law="yes", organisation="no", users="partly")
    shown = municipality.follow(answer).text
    assert HEADING in shown
    assert LACK in shown
    assert "må helsepersonell fra tjenestene" in shown
    municipality.submit(path, **WHOLE)
    shown = municipality.get(path).text
    assert HEADING not in shown
    assert "Alt er på plass" in shown


def test_what_is_left_out_stays(run, interested, municipality):
    municipality.submit(f"{run.path}/hurtigsjekk", law="no")
    service.save_quick_check(municipality.actor, interested.id, {Dimension.USERS: QuickAnswer.YES})
    found = queries.quick_page(queries.page(municipality.actor, run.id, "0301")).answers
    assert found == {Dimension.LAW: QuickAnswer.NO, Dimension.USERS: QuickAnswer.YES}


def test_ks_reads_it_and_others_do_not(run, interested, municipality, neighbour, ks, stranger):
    assert "har ikke tatt hurtigsjekken" in ks.get(interested.path).text
    municipality.submit(f"{run.path}/hurtigsjekk", organisation="no")
    assert LACK in ks.get(interested.path).text
    assert neighbour.get(f"{run.path}/hurtigsjekk").status_code == 404
    assert LACK not in neighbour.get(run.path).text
    assert stranger.get(f"{run.path}/hurtigsjekk").status_code == 302
    with pytest.raises(Forbidden):
        service.save_quick_check(neighbour.actor, interested.id, {})


def test_it_is_closed_when_ks_has_assessed(rounds, run, interested, municipality):
    rounds.move(run, R.ASSESSING)
    rounds.take(interested, C.ASSESSED)
    assert municipality.get(f"{run.path}/hurtigsjekk").status_code == 200
    with pytest.raises(Conflict):
        service.save_quick_check(municipality.actor, interested.id, {Dimension.LAW: QuickAnswer.NO})


def test_an_answer_that_is_none_of_the_three_is_none(run, interested, municipality):
    municipality.submit(f"{run.path}/hurtigsjekk", law="maybe")
    assert queries.quick_page(queries.page(municipality.actor, run.id, "0301")).answers == {}


def test_it_is_asked_in_nynorsk_too(run, interested, municipality):
    municipality.post("/sprak", locale="nn")
    assert "Har de ein prosjektleiar" in municipality.get(f"{run.path}/hurtigsjekk").text
