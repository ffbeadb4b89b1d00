"""Candidates as JSON: what each caller may know of them."""

from dataclasses import replace

import pytest

from pilot.candidates import queries, service
from pilot.candidates.rules import CandidateState, RoundState
from tests.api.conftest import API, calling, fields_of, guest, token_of
from tests.support.candidates import PUBLIC_REASON, judged, many

C, R = CandidateState, RoundState
__all__ = ["calling", "guest", "token_of"]  # fixtures


def state_in(caller, number):
    items = caller.get("/municipalities?limit=500").json["items"]
    return next(item["state"] for item in items if item["number"] == number)


def test_a_token_is_asked_for(guest):
    assert guest.get("/candidates").status_code == 401
    assert guest.get("/candidates/0301").status_code == 401


def test_what_each_may_know(rounds, run, calling, guest, ks, municipality, neighbour, vendor):
    agreed = rounds.interested(run, municipality.actor, is_public=True)
    rounds.interested(run, neighbour.actor)
    rounds.invited(run, "5001")
    seen = {
        who: {i["number"]: i["state"] for i in calling(who).get("/candidates").json["items"]}
        for who in (ks, municipality, neighbour, vendor)
    }
    assert seen[ks] == {"0301": "interested", "1103": "interested", "5001": "invited"}
    assert seen[municipality] == seen[vendor] == {"0301": "interested"}
    assert seen[neighbour] == {"0301": "interested", "1103": "interested"}
    assert [state_in(guest, n) for n in ("0301", "1103", "5001")] == ["interested", None, None]
    assert state_in(calling(neighbour), "1103") == "interested"
    assert calling(vendor).get("/candidates/1103").status_code == 404
    rounds.move(run, R.ASSESSING)
    rounds.take(agreed, C.ASSESSED, C.SHORTLISTED)
    assert state_in(calling(municipality), "0301") == "shortlisted"
    assert state_in(guest, "0301") == "interested"  # how far one has come is not for all
    rounds.take(agreed, C.SELECTED)
    assert calling(ks).get("/candidates/0301").json["state"] == "selected"
    own = calling(municipality).get("/candidates/0301").json
    assert (own["state"], own["public_reason"]) == ("shortlisted", None)
    other = calling(vendor).get("/candidates/0301").json
    assert (other["state"], other["public_reason"]) == ("interested", None)


def test_after_the_release(rounds, calling, guest, municipality, vendor):
    runner = rounds.at(C.SELECTED, municipality.actor)
    run_id = runner.row.round_id
    assert calling(vendor).get("/candidates").json["total"] == 0
    service.move_round(rounds.lead, run_id, to=R.DECIDED)
    service.release_round(rounds.lead, run_id)
    answer = calling(vendor).get(f"/candidates/0301?round={run_id}").json
    assert answer["state"] == "selected"
    assert answer["public_reason"] == PUBLIC_REASON
    assert answer["round"] == run_id
    assert state_in(guest, "0301") == "selected"


def test_a_round_that_is_not_known(rounds, calling, ks, municipality):
    assert calling(municipality).get("/candidates").json == {
        "items": [],
        "total": 0,
        "next": None,
    }
    assert calling(municipality).get("/candidates/0301").status_code == 404
    planned = rounds.planned()
    for asked in (planned.id, 999_999):
        assert calling(municipality).get(f"/candidates?round={asked}").status_code == 404
        assert calling(municipality).get(f"/candidates/0301?round={asked}").status_code == 404
    assert calling(ks).get(f"/candidates?round={planned.id}").json["total"] == 0
    answer = calling(ks).get("/candidates?round=x")
    assert answer.status_code == 422
    assert fields_of(answer) == ["round"]


@pytest.mark.parametrize("limit", [1, 2])
def test_a_stretch_at_a_time(rounds, run, calling, ks, limit):
    numbers = ["0301", "1103", "4601", "5501"]
    for number in numbers:
        rounds.invited(run, number)
    rounds.move(run, R.ASSESSING)
    rounds.open(name="En senere runde")  # which is what is answered without asking
    found, following = [], f"/candidates?round={run.id}&limit={limit}"
    while following:
        answer = calling(ks).get(following.removeprefix(API)).json
        found += [item["number"] for item in answer["items"]]
        following = answer["next"]
    assert found == numbers


def test_statements_do_not_grow_with_the_rows(rounds, run, calling, ks, municipality, counted):
    rounds.interested(run, municipality.actor, is_public=True)
    caller = calling(ks)

    def cost():
        found = []
        for path in ("/candidates?limit=500", "/candidates/0301", "/municipalities?limit=500"):
            with counted() as sent:
                assert caller.get(path).status_code == 200
            found.append(len(sent))
        return found

    few = cost()
    many(run, 200)
    assert caller.get("/candidates?limit=500").json["total"] == 201
    assert cost() == few
    assert max(few) <= 5


def test_the_criteria_are_those_of_the_newest_published_version(ks, calling, vendor, guest):
    assert guest.get("/criteria").status_code == 401
    draft = service.draft_criteria(ks.actor).version
    stored = queries.draft_of(ks.actor, draft, "F1")
    changed = replace(stored.text, weight=9)
    service.edit_criterion(ks.actor, draft, "F1", changed, revision=stored.revision)
    answer = calling(vendor).get("/criteria?limit=3").json
    assert (answer["version"], answer["total"], len(answer["items"])) == (1, 25, 3)
    first = answer["items"][0]
    assert (first["code"], first["gate"], len(first["levels"])) == ("F1", 2, 5)
    assert first["weight"] != changed.weight
    service.publish_criteria(ks.actor, draft)
    answer = calling(vendor).get("/criteria").json
    assert (answer["version"], answer["items"][0]["weight"]) == (draft, changed.weight)


def test_an_answer_is_written_one_criterion_at_a_time(rounds, calling, ks, municipality):
    rounds.at(C.APPLIED, municipality.actor)
    program = calling(municipality)
    path = "/candidates/0301/answers/F1"
    first = program.call("PUT", path, json={"assessment": "self", "level": 3, "rationale": "Ja."})
    assert (first.status_code, first.json["level"], first.json["version"]) == (200, 3, 1)
    second = program.call("PUT", path, json={"level": None, "version": 1}).json
    assert (second["level"], second["rationale"], second["version"]) == (None, "Ja.", 2)
    late = program.call("PUT", path, json={"level": 4, "version": 1})
    assert late.status_code == 409
    program.call("PUT", "/candidates/0301/answers/F2", json={"level": 2})
    found = program.get("/candidates/0301").json["readiness"]
    assert (found["overall"], found["gates"][0]) == (2, {"code": "F1", "state": "unknown"})
    unread = calling(ks).get("/candidates/0301").json["readiness"]
    assert unread["overall"] is None  # KS reads what has been sent in


def test_an_assessor_writes_their_own(rounds, calling, ks_member, municipality, nhn):
    runner = rounds.at(C.APPLIED, municipality.actor)
    judged(rounds.lead, runner, (ks_member.actor, nhn.actor), 1)
    body = {"assessment": "panel", "level": 4, "rationale": "Sett."}
    path = "/candidates/0301/answers/F2"
    written = calling(nhn).call("PUT", path, json=body)
    assert (written.status_code, written.json["version"]) == (200, 1)
    again = calling(nhn).call("PUT", path, json=body | {"level": 1, "version": 0})
    assert again.status_code == 409
    assert calling(municipality).call("PUT", path, json=body).status_code == 404
    page = queries.my_review(ks_member.actor, runner.row.round_id, "0301")
    assert "F2" not in page.answers


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"level": 5},
        {"level": "3"},
        {"level": 3, "evidence": ["www.oslo.example"]},
        {"level": 3, "assessment": "other"},
        {"level": 3, "version": -1},
    ],
)
def test_an_answer_that_is_wrong(rounds, calling, municipality, body):
    rounds.at(C.APPLIED, municipality.actor)
    answer = calling(municipality).call("PUT", "/candidates/0301/answers/F1", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"]


def test_who_may_not_answer(rounds, calling, ks, municipality, neighbour, vendor):
    rounds.at(C.APPLIED, municipality.actor, is_public=True)
    path, body = "/candidates/0301/answers/F1", {"level": 3}
    told = {who: calling(who).call("PUT", path, json=body).status_code for who in (ks, neighbour)}
    assert told == {ks: 403, neighbour: 404}
    assert calling(vendor).call("PUT", path, json=body).status_code == 404
    mine = calling(municipality)
    assert mine.call("PUT", "/candidates/0301/answers/X9", json=body).status_code == 404
    assert calling(vendor).get("/candidates/0301").json["readiness"] is None
