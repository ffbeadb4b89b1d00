"""Hidden means hidden everywhere: stories get pasts at random, each word of them marked, and every
answer that anyone can get is searched for the words they must not see."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.stories.rules import StoryState
from pilot.web import live
from tests.access.conftest import Crowd
from tests.access.pasts import (
    COMMON,
    EYES,
    MARKER,
    OSLO,
    STAVANGER,
    Eyes,
    Past,
    Plan,
    Teller,
    pasts,
)

S = StoryState
API = "/api/v1"

# --- everywhere one can look -----------------------------------------------------------------

STATES = "&".join(f"tilstand={state}" for state in StoryState)
EVERYWHERE = (
    "/",
    "/status",
    "/oversikt",
    f"/historier?{STATES}",
    f"/historier?{STATES}&sorter=tittel&upublisert=1",
    f"/historier?q={COMMON}",
    f"/historier?{STATES}&q={COMMON}",
    f"/historier/last-ned.csv?{STATES}",
    "/historier/strom?siden=0",
    "/historier/uten-losning",
    f"/sok?q={COMMON}",
    f"/kommuner?q={COMMON}",
    "/kommuner/0301",
    "/kommuner/1103",
    "/kommuner/kart",
    "/diagram/tilstander.csv",
    "/diagram/flyter.json",
    "/losninger/helseid",
    "/utboks",
    f"{API}/stories?limit=500",
    f"{API}/openapi.json",
)


def addresses(past: Past) -> list[str]:
    own = [f"/historier/{past.ref}{tail}" for tail in ("", "/versjoner", "/endre", "/losninger")]
    compared = [
        f"/historier/{past.ref}/versjoner?fra={old}&til={new}"
        for old in past.versions
        for new in past.versions
        if old + 1 == new
    ]
    return [*own, *compared, f"/historier/{past.ref}/flytt/returned", f"{API}/stories/{past.ref}"]


Look = Callable[[str, str], str]


@pytest.fixture
def look(crowd, headers_of, monkeypatch, unread) -> Look:
    """What someone gets at an address; nothing when they are refused or sent away."""
    monkeypatch.setattr(live, "LIFETIME", 0.0)
    headers = {name: headers_of(crowd[name]) for name in EYES}

    def at(who: str, path: str) -> str:
        if path.startswith(API):
            return crowd[who].api("GET", path, headers=headers[who]).text
        return crowd[who].get(path).text

    return at


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is gone afterwards, so that each example begins on a clean site."""
    db.session.remove()
    savepoint = db.engine.begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        savepoint.rollback()


@pytest.mark.timeout(300)  # some nine hundred pages
def test_nothing_hidden_is_in_any_answer(world, crowd, look):
    world.story(state=S.READY, is_published=True)  # BH-0001, which pages name as an example

    @settings(
        max_examples=3,
        # A page costs more than a shorter example is worth: no shrinking.
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow],
    )
    @given(st.lists(pasts, min_size=3, max_size=3))
    def search(plan: Plan) -> None:
        note(plan)
        with taken_back():
            told = [Teller(crowd).tell(*one) for one in plan]
            for who, eyes in EYES.items():
                assert_clean(who, eyes, told, look)
            assert_mail_is_for_the_municipality(told, crowd)

    search()


def assert_clean(who: str, eyes: Eyes, told: list[Past], look: Look) -> None:
    hidden = set().union(*(past.hidden_from(eyes) for past in told))
    for path in EVERYWHERE:
        found = words_in(look(who, path)) & hidden
        assert not found, f"{who} sees {found} at {path}"
    for past in told:
        for path in addresses(past):
            text = look(who, path)
            found = words_in(text) & (hidden - {past.ref})  # the address holds the number itself
            assert not found, f"{who} sees {found} at {path}"
            if path == f"/historier/{past.ref}":  # the search would be worth nothing otherwise
                assert (past.text in text) is past.is_seen_by(eyes), f"{who}: {past}"


def words_in(text: str) -> set[str]:
    return set(MARKER.findall(text)) | set(re.findall(r"BH-\d{4,}", text))


def assert_mail_is_for_the_municipality(told: list[Past], crowd: Crowd) -> None:
    """Who gets a mail, and what stands in it."""
    readers = {
        OSLO: {crowd["owner"].id, crowd["two_for_oslo"].id},
        STAVANGER: {crowd["neighbour"].id, crowd["two_for_other"].id, crowd["torn"].id},
    }
    by_ref = {past.ref: past for past in told}
    mails = list(db.session.scalars(select(OutboxMail)))
    assert mails or not any(past.is_published for past in told)
    for mail in mails:
        past = by_ref[mail.values["ref"]]
        assert mail.person_id in readers[past.municipality]
        others = set().union(*(one.words for one in told if one is not past))
        assert not words_in(f"{mail.values} {mail.note}") & others
