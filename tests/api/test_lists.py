"""Lists: stretches that fit together, whatever comes and goes between them."""

import pytest

from pilot.municipalities import queries as municipalities
from pilot.stories.rules import StoryState
from tests.api.conftest import API, fields_of


def walked(caller, path, limit):
    """Every item of a list, fetched a stretch at a time; and the totals that were told."""
    items, totals, following = [], set(), f"{path}?limit={limit}"
    while following:
        answer = caller.get(following.removeprefix(API)).json
        assert len(answer["items"]) <= limit
        items += answer["items"]
        totals.add(answer["total"])
        following = answer["next"]
    return items, totals


def test_every_municipality_of_the_register(guest):
    items, totals = walked(guest, "/municipalities", 100)
    assert totals == {len(items)} == {357}
    assert items == guest.get("/municipalities?limit=500").json["items"]
    assert [item["number"] for item in items] == sorted(p.number for p in municipalities.names())
    oslo = next(item for item in items if item["number"] == "0301")
    assert oslo["name"] == "Oslo"
    assert oslo["county"] == "Oslo"
    assert oslo["population"] > 700_000
    assert oslo["state"] is None


def test_a_list_has_50_unless_more_are_asked_for(guest):
    answer = guest.get("/municipalities").json
    assert len(answer["items"]) == 50
    assert answer["next"].startswith(f"{API}/municipalities?")


def test_every_national_solution(guest):
    items, totals = walked(guest, "/national-solutions", 7)
    assert totals == {len(items)}
    assert len({item["key"] for item in items}) == len(items)
    by_key = {item["key"]: item for item in items}
    assert by_key["helseid"]["basis"] == "sourced"
    assert by_key["provesvar"]["basis"] == "unconfirmed"
    assert by_key["provesvar"]["confirmed"] is False
    assert by_key["provesvar"]["confirmed_at"] is None


def test_stories_by_number(guest, world):
    refs = [world.story(state=StoryState.READY, is_published=True).ref for _ in range(5)]
    items, totals = walked(guest, "/stories", 2)
    assert [item["ref"] for item in items] == refs
    assert totals == {5}


def test_a_cursor_stays_good_when_rows_come(guest, world):
    first, second = (world.story(state=StoryState.READY, is_published=True) for _ in range(2))
    begun = guest.get("/stories?limit=1").json
    third = world.story(state=StoryState.READY, is_published=True)
    after = guest.get(begun["next"].removeprefix(API).replace("limit=1", "limit=10")).json
    assert [item["ref"] for item in begun["items"]] == [first.ref]
    assert [item["ref"] for item in after["items"]] == [second.ref, third.ref]
    assert after["next"] is None


@pytest.mark.parametrize("limit", ["0", "501", "-1", "x", "", "1.5", " 5", "5_0", "٣", "9" * 30])
def test_a_limit_that_is_none(guest, limit):
    answer = guest.get("/stories", query={"limit": limit})
    assert answer.status_code == 422
    assert fields_of(answer) == ["limit"]


@pytest.mark.parametrize("cursor", ["", "A", "zzzzzzz", "-1", "\x00", "æ", "0 "])
def test_a_cursor_that_is_none(guest, cursor):
    answer = guest.get("/stories", query={"cursor": cursor})
    assert answer.status_code == 422
    assert fields_of(answer) == ["cursor"]


def test_a_cursor_beyond_the_end_finds_nothing(guest, world):
    world.story(state=StoryState.READY, is_published=True)
    answer = guest.get("/stories?cursor=zzzzzz").json
    assert answer == {"items": [], "total": 1, "next": None}


@pytest.mark.parametrize("path", ["/municipalities", "/national-solutions", "/stories"])
def test_a_list_costs_the_same_for_any_number_of_rows(calling, municipality, world, counted, path):
    caller = calling(municipality)
    world.story(solutions=("helseid",))
    with counted() as few:
        caller.get(f"{path}?limit=1")
    for _ in range(20):
        world.story(solutions=("helseid", "pll"))
    with counted() as many:
        caller.get(f"{path}?limit=500")
    assert len(few) == len(many) <= 4
