"""A list in work is KS' own: every word of it is marked, and every answer that anyone can get is
searched for the words they must not see."""

import re
from itertools import count

import pytest

from pilot.priorities import service
from pilot.priorities.rules import ListState
from pilot.stories.rules import StoryState, ref_of
from tests.support.priorities import Ranking

S = ListState
COMMON = "merkeord"
MARKER = re.compile(rf"{COMMON}[a-z]+z")
numbers = count(1)
API = "/api/v1"
OUTSIDERS = ("stranger", "owner", "neighbour", "nhn", "hospital", "vendor", "torn")
EVERYWHERE = (
    "/",
    "/status",
    "/oversikt",
    "/prioritering",
    "/prioritering/1",
    "/prioritering/2",
    "/prioritering/arbeid",
    "/prioritering/arbeid/tekst",
    "/prioritering/arbeid/legg-fram",
    "/prioritering/arbeid/publiser",
    "/historier",
    f"/sok?q={COMMON}",
    f"{API}/priorities/latest",
    f"{API}/stories?limit=500",
)


def marker() -> str:
    digits = str(next(numbers)).translate(str.maketrans("0123456789", "abcdefghij"))
    return f"{COMMON}{digits}z"


@pytest.fixture
def looking(crowd, headers_of, unread):
    """What someone gets at an address."""

    def at(who, path):
        if path.startswith(API):
            return crowd[who].api("GET", path, headers=headers_of(crowd[who])).text
        return crowd[who].get(path).text

    return at


@pytest.fixture
def told(world, crowd):
    """A list with a first and a last reason, a note, and a way it was treated."""

    def make(state: S, *, unpublished: bool = False):
        ranking = Ranking(world, crowd["ks_lead"].actor, crowd["steering"].actor)
        lead, refs = ranking.lead, ranking.stories(3)
        words = {name: marker() for name in ("first", "last", "note", "returned", "dissent")}
        made = ranking.started(refs)
        service.move_story(lead, made.id, refs[0], reason=words["first"], to=3)
        service.move_story(lead, made.id, refs[0], reason=words["last"], to=1)
        service.write_note(lead, made.id, words["note"], revision=1)
        if unpublished:
            hidden = ref_of(world.story(state=StoryState.READY).id)
            service.add_story(lead, made.id, hidden, reason=words["last"])
            return made, words, hidden
        if state is not S.PROPOSED:
            service.put_before_group(lead, made.id)
        if state in (S.RETURNED, S.DECIDED, S.RELEASED):
            said = {"reason": words["returned"], "dissent": words["dissent"]}
            ranking.treat(made, approve=state is not S.RETURNED, **said)
        if state is S.RELEASED:
            service.release_list(lead, made.id)
        return made, words, refs[0]

    return make


def seen(looking, who, made, ref):
    paths = [*EVERYWHERE, made.paper, f"/historier/{ref}", f"{API}/stories/{ref}"]
    return {path: set(MARKER.findall(looking(who, path))) for path in paths}


@pytest.mark.parametrize("state", [S.PROPOSED, S.BEFORE_STEERING_GROUP, S.RETURNED, S.DECIDED])
def test_before_the_release_it_is_for_ks_and_what_is_put_for_the_group(told, looking, state):
    made, words, ref = told(state)
    for who in OUTSIDERS:
        found = {path: hit for path, hit in seen(looking, who, made, ref).items() if hit}
        assert not found, f"{who} sees {found}"
        assert "under arbeid" not in looking(who, "/prioritering")
    group = set().union(*seen(looking, "steering", made, ref).values())
    if state in (S.PROPOSED, S.RETURNED):
        assert group == set()
    else:
        assert group >= {words["last"], words["note"]}
        assert words["first"] not in group  # what KS said on the way is its own
    inside = set().union(*seen(looking, "ks_lead", made, ref).values())
    assert inside >= {words["first"], words["last"], words["note"]}


def test_after_the_release_the_last_reasons_are_everyones_and_no_more(told, looking):
    made, words, ref = told(S.RELEASED)
    for who in OUTSIDERS:
        found = set().union(*seen(looking, who, made, ref).values())
        assert found == {words["last"], words["note"]}, who
    assert words["last"] in looking("stranger", f"/historier/{ref}")
    assert words["last"] in looking("stranger", f"{API}/priorities/latest")


def test_a_story_that_is_not_published_is_on_no_page_of_others(told, looking):
    made, _, hidden = told(S.PROPOSED, unpublished=True)
    for who in ("stranger", "vendor", "steering", "torn"):
        for path in (*EVERYWHERE, made.paper):
            assert hidden not in looking(who, path), (who, path)
