"""No vendor learns of another's question, and nobody of who asked: questions get pasts at random,
each word of them is marked, and every answer is searched for what its reader must not see.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pilot.core.db import db
from pilot.core.errors import Refusal
from pilot.core.outbox import OutboxMail
from pilot.dialogue import service
from pilot.dialogue.models import DialogueAnswerBatch, DialogueAnswerDraft, DialogueQuestion
from pilot.dialogue.rules import QuestionText
from tests.access.conftest import Crowd
from tests.access.pasts import marker
from tests.access.test_hidden import COMMON, MARKER, Look, look, taken_back
from tests.support.people import Person
from tests.support.questions import Desk, asked

__all__ = ["look"]  # the fixture
API = "/api/v1"
ROOM = "/leverandordialog"
VENDORS = ("vendor", "other_vendor", "seated")
EYES = (
    *("stranger", "ks_lead", "ks_member", "owner", "hospital", "nhn", "steering", "two_for_oslo"),
    *("vendor", "other_vendor", "seated", "torn"),
)
KS = ("ks_lead", "ks_member")
STEPS = ("ask", "told", "change", "withdraw", "restore", "draft", "redraft", "drop", "publish")
pasts = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from(VENDORS)), min_size=3, max_size=12
)
#: Given, so that some are always out, some in work, and some wait.
BEGINNING = [
    *(("ask", vendor) for vendor in VENDORS),
    *(("draft", vendor) for vendor in VENDORS[:2]),
    ("publish", "vendor"),
    *(("ask", vendor) for vendor in VENDORS),
    *(("told", "other_vendor"), ("draft", "vendor")),
]


@dataclass
class Words:
    """Every marked word, and whose it is."""

    received: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    drafted: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def hidden_from(self, who: str) -> set[str]:
        """What DOMAIN hides, without the product's help."""
        if who in KS:
            return set()
        others = (words for name, words in self.received.items() if name != who)
        return set().union(self.drafted - self.published, *others)


class Teller:
    """Takes questions through their pasts, and keeps account of what was written."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.words = crowd, Words()
        self.desk = Desk(crowd["ks_lead"].actor)
        self.made: dict[str, list[int]] = defaultdict(list)
        self.drafts: dict[int, set[str]] = {}
        self.batches: list[int] = []

    def tell(self, steps: list[tuple[str, str]]) -> None:
        for step, vendor in BEGINNING + steps:
            try:
                self._take(step, vendor)
            except Refusal:
                continue

    def _take(self, step: str, vendor: str) -> None:
        actor, word = cast("Person", self.crowd[vendor]).actor, marker()
        number = self.made[vendor][-1] if self.made[vendor] else 0
        if step == "ask":
            self.made[vendor].append(asked(actor, f"Spør {word}"))
            self.words.received[vendor].add(word)
        elif step == "told":
            self.made[vendor].append(self.desk.told(actor.organisation_id or 0, f"Spør {word}"))
            self.words.received[vendor].add(word)
        elif step == "change":
            revision = self._revision(number)
            service.change_question(actor, number, QuestionText(word), revision=revision)
            self.words.received[vendor].add(word)
        elif step == "withdraw":
            service.withdraw_question(actor, number)
        elif step == "restore":
            service.restore_question(actor, number)
        else:
            self._of_ks(step, number, word)

    def _of_ks(self, step: str, number: int, word: str) -> None:
        if step == "draft":
            made = self.desk.draft(number, question=f"Om {word}", answer=f"Svar {word}")
            self.drafts[made] = {word}
            self.words.drafted.add(word)
        elif step == "publish":
            self._publish()
        elif step == "drop" and self.drafts:
            service.drop_draft(self.desk.actor, max(self.drafts))
            del self.drafts[max(self.drafts)]

    def _publish(self) -> None:
        known = set(db.session.scalars(select(DialogueAnswerDraft.id)))
        chosen = sorted(known & set(self.drafts))
        self.batches.append(self.desk.publish(*chosen))
        for one in chosen:
            self.words.published |= self.drafts.pop(one)

    def _revision(self, number: int) -> int:
        db.session.rollback()
        found = db.session.get(DialogueQuestion, number)
        return found.revision if found else 0


EVERYWHERE = (
    *("/", "/status", "/oversikt", "/utboks", "/personvern", "/aktuelt", "/aktuelt.atom"),
    *("/min-side", "/min-side/mine-opplysninger.json", "/meldinger"),
    *(f"/sok?q={COMMON}", f"/leverandordialog?q={COMMON}", f"{ROOM}?vis=tidligere"),
    *(f"{ROOM}/mine", f"{ROOM}/sporsmal", f"{ROOM}/innkomne-sporsmal", f"{ROOM}/sporsmal-og-svar"),
    *(f"{ROOM}/innkomne-sporsmal?vis=ferdige", f"{ROOM}/svar", f"{ROOM}/svar/publiser"),
    *(f"{ROOM}/sporsmal/nytt", f"{ROOM}/innkomne-sporsmal/registrer", "/diagram/pameldinger.csv"),
    *(f"{API}/sessions?limit=500", f"{API}/openapi.json"),
)


def addresses(teller: Teller) -> list[str]:
    numbers = [number for made in teller.made.values() for number in made]
    own = [f"{ROOM}/sporsmal/{number}{tail}" for number in numbers for tail in ("", "/endre")]
    drafts = [
        f"{ROOM}/svar/{number}/endre" for number in range(1, max(teller.drafts, default=0) + 2)
    ]
    chosen = [f"{ROOM}/svar/nytt?sporsmal={number}" for number in numbers]
    batches = [f"{ROOM}/sporsmal-og-svar/{number}" for number in teller.batches]
    every = "&".join(f"utkast={number}" for number in teller.drafts)
    return [*own, *drafts, *chosen, *batches, f"{ROOM}/svar/publiser?{every}"]


@pytest.mark.timeout(300)
def test_nobody_learns_who_asked_or_what(world, crowd, look: Look):
    @settings(
        max_examples=3,
        phases=(Phase.explicit, Phase.generate),  # a page costs more than a shorter example
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow],
    )
    @given(pasts)
    def search(steps: list[tuple[str, str]]) -> None:
        note(steps)
        with taken_back():
            teller = Teller(crowd)
            teller.tell(steps)
            for who in EYES:
                assert_clean(who, teller, look)
            assert_refusals_tell_nothing(teller)
            assert_mail_is_for_the_vendor(teller)

    search()


def assert_clean(who: str, teller: Teller, look: Look) -> None:
    hidden, met = teller.words.hidden_from(who), set()
    for path in (*EVERYWHERE, *addresses(teller)):
        found = set(MARKER.findall(look(who, path)))
        assert not found & hidden, f"{who} sees {found & hidden} at {path}"
        met |= found
    # The search would be worth nothing if nothing were shown.
    assert met >= teller.words.published
    if who in VENDORS:
        assert met & teller.words.received[who]
    received = set().union(*teller.words.received.values())
    page = set(MARKER.findall(look(who, f"{ROOM}/sporsmal-og-svar")))
    assert page
    assert not page & received  # also for those who may know of it


def assert_refusals_tell_nothing(teller: Teller) -> None:
    """What is posted to another vendor's question is answered as if there were none."""
    numbers = {name: made for name, made in teller.made.items() if made}
    for who in ("vendor", "other_vendor", "seated", "nhn", "owner", "steering", "torn"):
        for name, made in numbers.items():
            if name == who:
                continue
            for tail in ("endre", "trekk", "send-igjen"):
                path, nowhere = (f"{ROOM}/sporsmal/{n}/{tail}" for n in (made[-1], 100_000_001))
                one = teller.crowd[who].post(path, text="x", revision="1")
                other = teller.crowd[who].post(nowhere, text="x", revision="1")
                assert one.status_code == other.status_code == 404, (who, path)
                assert _bare(one.text, path) == _bare(other.text, nowhere)


def _bare(text: str, path: str) -> str:
    """A page without what differs in any two: its own address, and the token of its forms."""
    return _same(text).replace(path.rsplit("/", 1)[0], "")


def assert_mail_is_for_the_vendor(teller: Teller) -> None:
    """Receipts go to the vendor alone, and no mail holds a word of any question; the news is the
    same for everyone."""
    db.session.rollback()
    owner = {number: name for name, made in teller.made.items() for number in made}
    wanted = select(OutboxMail).where(OutboxMail.template.startswith("dialogue/mail/"))
    news = defaultdict(set)
    for mail in db.session.scalars(wanted):
        assert not MARKER.findall(f"{mail.values} {mail.note} {mail.calendar}")
        if mail.template.endswith("/question"):
            assert mail.person_id == cast("Person", teller.crowd[owner[mail.values["question"]]]).id
        else:
            news[mail.values["batch"]].add(str(mail.values))
    batches = set(db.session.scalars(select(DialogueAnswerBatch.id)))
    assert set(news) == batches
    assert all(len(values) == 1 for values in news.values())


# --- nothing changes for the others --------------------------------------------------------------

#: What differs in any two answers to the same request.
FRESH = re.compile(r"csrf[_-]token|<updated>|name=\"form_key\"")


def test_what_others_get_is_the_same_before_and_after(world, crowd, look: Look):
    """Not a word, a count, a link or a sort order: asked, entered, answered, withdrawn, a question
    leaves no trace in any answer to others; those who have their own pages have some before."""
    others = [who for who in EYES if who not in (*KS, "vendor")]
    desk, vendor = Desk(crowd["ks_lead"].actor), crowd["vendor"].actor
    for who in VENDORS:
        asked(crowd[who].actor)
    desk.publish(desk.draft(asked(vendor)))

    def answers() -> dict[tuple[str, str], str]:
        found = {(who, path): look(who, path) for who in others for path in EVERYWHERE}
        return {key: _same(text) for key, text in found.items()}

    before = answers()
    first, second = asked(vendor), asked(vendor)
    asked(vendor)
    desk.told(vendor.organisation_id or 0)
    desk.draft(first, second)
    service.withdraw_question(vendor, second)
    after = answers()
    changed = [key for key, text in before.items() if after[key] != text]
    assert not changed
    assert any(before.values())


def _same(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not FRESH.search(line))


def test_the_search_would_find_a_leak(world, crowd, look: Look):
    """The test above, told that KS is a vendor: it must fail."""
    with taken_back():
        teller = Teller(crowd)
        teller.tell([])
        hidden = teller.words.hidden_from("vendor")
        shown = set(MARKER.findall(look("ks_lead", f"{ROOM}/innkomne-sporsmal")))
        assert shown & hidden
