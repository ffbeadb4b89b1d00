"""Stories with pasts, each word of them marked, and who may know which of the words."""

import re
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

from pilot.core.db import db
from pilot.core.errors import Refusal
from pilot.core.policy import Actor
from pilot.stories import service
from pilot.stories.models import Story
from pilot.stories.rules import SolutionLink, StoryState, StoryText, ref_of
from tests.access.conftest import Crowd

S = StoryState
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
