"""Hidden means hidden everywhere: entries in zones at random, each word of them marked, and every
answer of the register searched for the words that its reader must not see."""

import re
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pilot.core.policy import Zone
from pilot.core.registry import Thing
from pilot.decisions import service
from pilot.decisions.rules import EntryState
from tests.access.test_hidden import taken_back
from tests.support.decisions import SYSTEM, action, condition_id, day, decision

MARKER = re.compile(r"merkeord[a-z]+z")
numbers = count(1)
#: Who may see what, from DOMAIN.md once more: zones of their own organisation's entries beside.
SEES: dict[str, set[Zone]] = {
    "stranger": {Zone.PUBLIC},
    "ks_member": set(Zone),
    "owner": {Zone.PUBLIC, Zone.PARTIES, Zone.PUBLIC_SIDE},
    "neighbour": {Zone.PUBLIC, Zone.PARTIES, Zone.PUBLIC_SIDE},
    "nhn": {Zone.PUBLIC, Zone.PARTIES, Zone.PUBLIC_SIDE},
    "steering": {Zone.PUBLIC, Zone.PARTIES},
    "vendor": {Zone.PUBLIC, Zone.PARTIES},
    "torn": {Zone.PUBLIC, Zone.PARTIES},
}


def marker() -> str:
    return f"merkeord{str(next(numbers)).translate(str.maketrans('0123456789', 'abcdefghij'))}z"


plans = st.lists(
    st.tuples(st.sampled_from(Zone), st.booleans(), st.booleans()), min_size=4, max_size=6
)


@pytest.mark.timeout(240)
def test_nothing_hidden_is_in_any_answer(app, world, crowd, unread):
    story, condition = world.story(is_published=True), condition_id()
    oslo = crowd["owner"].organisation_id
    everywhere = (
        *("/beslutninger", "/beslutninger?q=merkeord", "/beslutninger/last-ned.csv"),
        *(
            "/beslutninger?over=1",
            "/beslutninger?mine=1",
            f"/beslutninger?gjelder=story:{story.id}",
        ),
        *("/sok?q=merkeord", "/oversikt", f"/historier/{story.ref}", "/status"),
        *("/rammebetingelser", "/rammebetingelser/finansiering"),
    )

    @settings(
        max_examples=3,
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow],
    )
    @given(plans)
    def search(plan) -> None:
        with taken_back():
            told = [tell(oslo, story.id, condition, *one) for one in plan]
            for who, zones in SEES.items():
                assert_clean(crowd[who], who, zones, told, everywhere)

    search()


def tell(oslo: int, story: int, condition: int, zone: Zone, is_action: bool, steering: bool):
    """An entry with a marker in every field, and another in what only its owner reads."""
    word, inner = marker(), marker()
    about = (Thing("story", story), Thing("condition", condition))
    fields = {"text": word, "reasons": word, "zone": zone, "for_steering": steering}
    if is_action or zone is Zone.OWN:
        is_ks = zone is Zone.INTERNAL
        entry = action(oslo, *about, is_ks=is_ks, due_on=day(-1), **fields)
        service.move_action(SYSTEM, entry.id, to=EntryState.DONE, note=inner)
        is_oslos = True
    else:
        entry = decision(*about, decided_by=word, **fields)
        is_oslos = False
    service.remark(SYSTEM, entry.id, inner)
    return zone, steering, is_oslos, word, inner, entry.ref


def assert_clean(person, who: str, zones: set[Zone], told, everywhere) -> None:
    hidden = set()
    for zone, steering, is_oslos, word, inner, _ref in told:
        is_own = who == "owner" and is_oslos
        sees = zone in zones or (is_own and zone is Zone.OWN) or (who == "steering" and steering)
        hidden |= set() if sees else {word}
        hidden |= set() if sees and (who == "ks_member" or is_own) else {inner}
    for path in (*everywhere, *(f"/beslutninger/{ref}" for *_, ref in told)):
        answer = person.get(path)
        found = set(MARKER.findall(answer.text)) & hidden
        assert not found, f"{who} sees {found} at {path}"
    if who == "ks_member":  # the search would be worth nothing otherwise
        assert all(word in person.get(f"/beslutninger/{ref}").text for *_, word, _i, ref in told)
