"""Sessions as JSON: who reads what, registering with an empty body, leaving again."""

import pytest

from tests.api.conftest import fields_of
from tests.support.dialogue import LINK, Host, join, standing

BODY = {
    "title": "Plenum",
    "starts_at": "2030-12-02T09:00:00+01:00",
    "ends_at": "2030-12-02T10:30:00+01:00",
    "capacity": 1,
}


@pytest.fixture
def host(ks) -> Host:
    return Host(ks)


def test_ks_sets_one_that_is_a_draft_until_published(ks, calling, guest):
    program = calling(ks)
    made = program.post("/sessions", BODY)
    assert made.status_code == 201
    assert made.json["state"] == "draft"
    assert made.headers["Location"].endswith(f"/sessions/{made.json['id']}")
    assert guest.get(f"/sessions/{made.json['id']}").status_code == 404
    published = program.post("/sessions", BODY | {"publish": True}).json
    assert published["state"] == "open"
    assert (published["capacity"], published["confirmed"], published["waitlisted"]) == (1, 0, 0)
    assert published["registers_until"] == published["starts_at"]
    assert [item["id"] for item in guest.get("/sessions").json["items"]] == [published["id"]]


def test_an_empty_body_registers_the_caller(host, vendor, other_vendor, calling):
    session = host.session(capacity=1)
    first, second = calling(vendor), calling(other_vendor)
    path = f"/sessions/{session}/registrations"
    came = first.call("POST", path)  # no body at all, no content type
    assert came.status_code == 201
    assert (came.json["state"], came.json["position"]) == ("confirmed", None)
    waits = second.post(path, {})
    assert (waits.json["state"], waits.json["position"]) == ("waitlisted", 1)
    again = first.post(path, {})
    assert again.status_code == 409
    assert "allerede påmeldt" in again.json["detail"]
    assert second.get(f"/sessions/{session}").json["registration"] == waits.json
    left = first.call("DELETE", f"{path}/mine")
    assert (left.status_code, left.json["state"]) == (200, "cancelled")
    assert second.get(f"/sessions/{session}").json["registration"]["state"] == "confirmed"
    assert first.get(f"/sessions/{session}").json["registration"] is None
    assert first.call("DELETE", f"{path}/mine").status_code == 404


def test_numbers_are_for_ks_and_the_link_for_nobody(host, ks, vendor, other_vendor, calling, guest):
    session = host.session(capacity=1)
    join(vendor, session)
    for caller in (guest, calling(vendor), calling(other_vendor)):
        seen = caller.get(f"/sessions/{session}")
        assert [seen.json[name] for name in ("capacity", "confirmed", "waitlisted")] == [None] * 3
        assert seen.json["state"] == "full"
        assert LINK not in seen.text
    seen = calling(ks).get(f"/sessions/{session}").json
    assert [seen[name] for name in ("capacity", "confirmed", "waitlisted")] == [1, 1, 0]
    assert calling(other_vendor).get(f"/sessions/{session}").json["registration"] is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("registration_closed", "Påmeldingsfristen er ute"),
        ("cancelled", "avlyst"),
        ("held", "Påmeldingsfristen er ute"),
    ],
)
def test_a_closed_session_says_why(code, words, host, vendor, calling):
    session = host.at(code)
    answer = calling(vendor).post(f"/sessions/{session}/registrations", {})
    assert answer.status_code == 409
    assert words in answer.json["detail"]
    assert standing(session) == []


def test_another_organisation_cannot_be_named(host, vendor, other_vendor, calling):
    session = host.session()
    body = {"organisation_id": other_vendor.organisation_id}
    answer = calling(vendor).post(f"/sessions/{session}/registrations", body)
    assert answer.status_code == 422
    assert fields_of(answer) == ["organisation_id"]
    assert standing(session) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "2030-12-02T08:00:00+01:00"}, "ends_at"),
        ({"ends_at": "i morgen"}, "ends_at"),
        ({"starts_at": "0001-01-01T00:00:00+00:00"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "starts_at"),
        ({"starts_at": None}, "starts_at"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10**12}, "capacity"),
        ({"capacity": "10"}, "capacity"),
        ({"title": " "}, "title"),
        ({"title": "\x00"}, "title"),
        ({"quota": 2}, "quota"),
        ({"join_url": "http://mote.example"}, "join_url"),
        ({"registers_until": "2030-12-03T09:00:00Z"}, "registers_until"),
        ({"organisation_id": 1}, "organisation_id"),
    ],
)
def test_a_bad_session_is_refused_at_its_field(changes, field, ks, calling):
    program = calling(ks)
    answer = program.post("/sessions", BODY | changes)
    assert answer.status_code == 422
    assert fields_of(answer) == [field]
    assert program.get("/sessions").json["total"] == 0


def test_a_time_without_an_offset_is_norwegian(ks, calling):
    made = calling(ks).post("/sessions", BODY | {"starts_at": "2030-07-01T09:00:00"}).json
    assert "errors" in made  # it ends five months later
    body = {"starts_at": "2030-07-01T09:00:00", "ends_at": "2030-07-01T10:00:00"}
    assert calling(ks).post("/sessions", BODY | body).json["starts_at"] == (
        "2030-07-01T07:00:00+00:00"
    )


def test_a_key_makes_a_second_try_the_first(host, vendor, calling):
    session, program = host.session(), calling(vendor)
    key = {"Idempotency-Key": "en gang"}
    path = f"/sessions/{session}/registrations"
    answers = [program.call("POST", path, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert len(standing(session)) == 1
