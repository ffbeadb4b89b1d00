"""Hidden means hidden everywhere: stories get pasts at random, each word of them marked, and every
answer that anyone can get is searched for the words they must not see."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.errors import Refusal
from pilot.core.outbox import OutboxMail
from pilot.core.policy import Actor
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.rules import SolutionLink, StoryState, StoryText, ref_of
from pilot.web import live
from tests.access.conftest import Crowd
from tests.support import pages

S = StoryState
API = "/api/v1"
OSLO, STAVANGER = "0301", "1103"
#: Every marker begins so; a search for it finds all that may be found, and echoes no marker.
COMMON = "merkeord"
MARKER = re.compile(rf"{COMMON}[a-z]+z")
numbers = count(1)


def marker() -> str:
    """A word that stands nowhere else, of letters only, so that search takes it for a word."""
    digits = str(next(numbers)).translate(str.maketrans("0123456789", "abcdefghij"))
    return f"{COMMON}{digits}z"


# --- who may know what: DOMAIN.md once more, without the product's help -----------------------


@dataclass(frozen=True)
class Eyes:
    """How someone looks upon the stories: for KS, for a municipality, for the public side."""

    is_ks: bool = False
    municipality: str = ""
    is_public_side: bool = False


EYES = {
    "stranger": Eyes(),
    "ks_lead": Eyes(is_ks=True, is_public_side=True),
    "owner": Eyes(municipality=OSLO, is_public_side=True),
    "neighbour": Eyes(municipality=STAVANGER, is_public_side=True),
    "nhn": Eyes(is_public_side=True),
    "steering": Eyes(),
    "vendor": Eyes(),
    "torn": Eyes(municipality=STAVANGER),
}


@dataclass
class Past:
    """A story, and every word that was ever written of it."""

    id: int
    municipality: str
    text: str
    is_published: bool = False
    published_version: int = 0
    state: StoryState = S.DRAFT
    versions: dict[int, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return ref_of(self.id)

    @property
    def words(self) -> set[str]:
        every = {self.text, *self.versions.values(), *self.reasons, *self.notes}
        return every | set(self.overwritten) | set(self.judged) | {self.ref}

    def is_seen_by(self, eyes: Eyes) -> bool:
        if self.is_published or eyes.is_ks or eyes.municipality == self.municipality:
            return True
        return eyes.is_public_side and self.state not in (S.DRAFT, S.WITHDRAWN)

    def hidden_from(self, eyes: Eyes) -> set[str]:
        if not self.is_seen_by(eyes):
            return self.words
        is_own = eyes.municipality == self.municipality
        hidden = set(self.overwritten) - set(self.versions.values()) | set(self.judged[:-1])
        if not (eyes.is_ks or is_own):
            hidden |= set(self.reasons)
        if not eyes.is_public_side:
            hidden |= set(self.notes)
        if not (eyes.is_public_side or is_own):
            shown = {t for n, t in self.versions.items() if n >= self.published_version}
            hidden |= set(self.versions.values()) - shown
        return hidden - {self.text}


# --- how a story comes by its past -----------------------------------------------------------

STEPS = ("edit", "submit", "return", "ready", "reject", "review", "withdraw", "reopen", "publish")
Plan = list[tuple[str, list[str]]]
#: A municipality, and what is tried with its story in turn; what its state refuses is left out.
#: The beginnings are given, so that most stories come a long way.
BEGINNINGS = (
    [],
    ["submit"],
    ["submit", "return", "edit", "submit", "ready", "publish", "edit"],
    ["edit", "submit", "edit", "ready", "judge", "publish", "judge"],
    ["submit", "reject"],
    ["submit", "withdraw", "reopen", "edit"],
)
pasts = st.tuples(
    st.sampled_from([OSLO, STAVANGER]),
    st.builds(
        lambda first, more: [*first, *more],
        st.sampled_from(BEGINNINGS),
        st.lists(st.sampled_from([*STEPS, "judge"]), max_size=4),
    ),
)


class Teller:
    """Takes stories through their pasts, and keeps account of what was written."""

    def __init__(self, crowd: Crowd) -> None:
        self._owners = {OSLO: crowd["owner"].actor, STAVANGER: crowd["neighbour"].actor}
        self._ks, self._nhn = crowd["ks_lead"].actor, crowd["nhn"].actor

    def tell(self, municipality: str, steps: list[str]) -> Past:
        text = marker()
        story = service.add_story(self._owners[municipality], written(text))
        past = Past(story.id, municipality, text)
        for step in steps:
            try:
                self._take(past, step)
            except Refusal:
                continue
            self._note(past)
        return past

    def _take(self, past: Past, step: str) -> None:
        owner, word = self._owners[past.municipality], marker()
        if step == "edit":
            actor = owner if past.state in (S.DRAFT, S.RETURNED) else self._ks
            self._edit(actor, past, word)
        elif step == "publish":
            service.publish_story(self._ks, past.id)
            past.is_published, past.published_version = True, max(past.versions)
        elif step == "judge":
            service.assess_solution(
                self._nhn, past.id, solution_key="helseid", kind=SolutionLink.REUSE, note=word
            )
            past.judged.append(word)
        else:
            self._move(owner, past, step, word)

    def _edit(self, actor: Actor, past: Past, word: str) -> None:
        revision, remark = row(past).revision, marker()
        before = row(past).version
        service.edit_story(actor, past.id, written(word), revision=revision, note=remark)
        past.notes.append(remark)
        if row(past).version == before:  # a draft: what stood there is gone
            past.overwritten.append(past.text)
        past.text = word

    def _move(self, owner: Actor, past: Past, step: str, word: str) -> None:
        to = {
            "submit": S.SUBMITTED,
            "return": S.RETURNED,
            "ready": S.READY,
            "reject": S.REJECTED,
            "review": S.IN_REVIEW,
            "withdraw": S.WITHDRAWN,
            "reopen": S.DRAFT,
        }[step]
        is_owners = step in ("submit", "withdraw", "reopen")
        service.move_story(owner if is_owners else self._ks, past.id, to=to, reason=word)
        past.reasons.append(word)

    def _note(self, past: Past) -> None:
        now = row(past)
        past.state = now.state
        if now.version and now.state is not S.DRAFT:
            past.versions.setdefault(now.version, past.text)


def row(past: Past) -> Story:
    return db.session.get_one(Story, past.id, populate_existing=True)


def written(word: str) -> StoryText:
    """A text that holds its marker in every field there is."""
    return StoryText(
        title=f"{word} i tittelen",
        role=word,
        need=word,
        benefit=word,
        context=f"**{word}**",
        consequence=word,
        criteria=(word,),
        elements=(word,),
        from_setting="sykehus",
        to_setting="hjemmetjeneste",
    )


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
def look(crowd, headers_of, monkeypatch) -> Look:
    """What someone gets at an address; nothing when they are refused or sent away."""
    monkeypatch.setattr(live, "LIFETIME", 0.0)
    monkeypatch.setattr(pages, "check", lambda *_a, **_k: None)  # other tests read the pages
    headers = {name: headers_of(person) for name, person in crowd.items()}

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
