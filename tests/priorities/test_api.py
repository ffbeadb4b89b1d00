"""The priority list as JSON: the newest released one, the same for everyone."""

from pilot.priorities.rules import ListState
from tests.api.conftest import calling, guest, token_of
from tests.support.priorities import REASON

S = ListState
__all__ = ["calling", "guest", "token_of"]  # fixtures


def test_missing_before_there_is_one(ranking, refs, guest, calling, ks):
    ranking.at(S.DECIDED, refs)
    assert guest.get("/priorities/latest").status_code == 404
    assert calling(ks).get("/priorities/latest").status_code == 404


def test_the_newest(ranking, refs, guest, calling, vendor, counted):
    ranking.at(S.RELEASED, refs[:2])
    ranking.at(S.RELEASED, refs[2:])
    ranking.started([])
    with counted() as sent:
        answer = guest.get("/priorities/latest").json
    assert len(sent) <= 4
    assert answer["version"] == 2
    assert [item["ref"] for item in answer["items"]] == refs
    assert [item["place"] for item in answer["items"]] == [1, 2, 3, 4, 5]
    assert {item["reason"] for item in answer["items"]} == {REASON}
    assert calling(vendor).get("/priorities/latest").json == answer
    story = guest.get(f"/stories/{refs[0]}").json
    assert story["state"] == "prioritised"
