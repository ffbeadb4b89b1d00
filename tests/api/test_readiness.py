"""The arithmetic of readiness over the API: the same function, and bodies that are refused."""

import pytest

PATH = "/api/v1/methods/readiness"
CRITERIA = [
    {"code": "A", "dimension": "law", "weight": 3, "gate": 2},
    {"code": "B", "dimension": "law", "weight": 1, "gate": None},
    {"code": "C", "dimension": "users", "weight": 0.5, "gate": 1},
]


@pytest.fixture
def ask(vendor, token_of):
    headers = {"Authorization": f"Bearer {token_of(vendor)}"}

    def send(criteria, levels, **more):
        body = {"criteria": criteria, "levels": levels} | more
        return vendor.api("POST", PATH, json=body, headers=headers)

    return send


def test_it_answers_what_the_pages_show(ask):
    answer = ask(CRITERIA, {"A": 4, "B": None})
    assert answer.status_code == 200
    assert answer.get_json() == {
        "overall": 4.0,
        "low": 12 / 4.5,
        "high": (12 + 4 + 2) / 4.5,
        "completeness": 3 / 4.5,
        "dimensions": [
            {"name": "law", "value": 4.0, "low": 3.0, "high": 4.0, "completeness": 0.75},
            {"name": "users", "value": None, "low": 0.0, "high": 4.0, "completeness": 0.0},
        ],
        "gates": [{"code": "A", "state": "pass"}, {"code": "C", "state": "unknown"}],
    }


def test_nothing_asked_is_nothing_known(ask):
    found = ask([], {}).get_json()
    assert (found["overall"], found["dimensions"], found["gates"]) == (None, [], [])


@pytest.mark.parametrize(
    ("criteria", "levels", "field"),
    [
        (CRITERIA, {"X": 1}, "levels"),
        (CRITERIA, {"A": 5}, "levels"),
        (CRITERIA, {"A": -1}, "levels"),
        (CRITERIA, {"A": 2.5}, "levels"),
        (CRITERIA, {"A": "2"}, "levels"),
        (CRITERIA, {"A": True}, "levels"),
        (CRITERIA, [1], "levels"),
        (CRITERIA, None, "levels"),
        ([CRITERIA[0] | {"weight": -1}], {}, "criteria"),
        ([CRITERIA[0] | {"weight": "1"}], {}, "criteria"),
        ([CRITERIA[0] | {"weight": 1e300}], {}, "criteria"),
        ([CRITERIA[0] | {"gate": 5}], {}, "criteria"),
        ([CRITERIA[0] | {"other": 1}], {}, "criteria"),
        ([CRITERIA[0], CRITERIA[0]], {}, "criteria"),
        ([{"code": "A"}], {}, "criteria"),
        ([None], {}, "criteria"),
        ("A", {}, "criteria"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_at_its_field(ask, criteria, levels, field):
    answer = ask(criteria, levels)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == field
    assert not [e for e in answer.get_json()["errors"] if not e["message"].strip().endswith(".")]


def test_it_takes_a_token(stranger):
    assert stranger.api("POST", PATH, json={"criteria": [], "levels": {}}).status_code == 401
