"""No vendor learns of another: sessions get pasts at random, every name, address and link in them
is marked, and every answer that anyone can get is searched for the words they must not see."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from pilot.core.db import db
from pilot.core.errors import Refusal
from pilot.dialogue import service
from pilot.dialogue.models import DialogueRegistration
from pilot.dialogue.rules import RegistrationState
from pilot.dialogue.service import Who
from tests.access.conftest import Crowd
from tests.access.pasts import marker
from tests.access.test_hidden import COMMON, MARKER, Look, look, taken_back
from tests.support.dialogue import Host, mails
from tests.support.people import Person

__all__ = ["look"]  # the fixture
API = "/api/v1"
R = RegistrationState
VENDORS = ("vendor", "other_vendor")
EYES = ("stranger", "ks_lead", "owner", "nhn", "steering", "vendor", "other_vendor", "torn")
STEPS = ("join", "colleague", "told", "leave", "hand over", "more places", "move", "link", "cancel")
pasts = st.tuples(
    st.booleans(),  # published
    st.integers(1, 2),  # places
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(VENDORS)), max_size=9),
)
#: Given, so that some are full and some move up.
BEGINNING = [(step, vendor) for step in ("join", "colleague") for vendor in VENDORS]


@dataclass
class Past:
    """A session, and the words of it: whose they are."""

    id: int
    is_published: bool
    title: str
    links: list[str]
    words: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in VENDORS})
    made: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in VENDORS})

    def hidden_from(self, who: str) -> set[str]:
        """What DOMAIN hides, without the product's help."""
        if who == "ks_lead":
            return set()
        hidden = set().union(*(words for name, words in self.words.items() if name != who))
        if not self.is_published:
            hidden.add(self.title)
        return hidden | (set(self.links) if not self._comes(who) else set(self.links[:-1]))

    def _comes(self, who: str) -> bool:
        """Whether the vendor's own person has a place; a colleague's place opens no link."""
        rows = [db.session.get_one(DialogueRegistration, n) for n in self.made.get(who, [])]
        return any(row.person_id and row.state is R.CONFIRMED for row in rows)


class Teller:
    """Takes sessions through their pasts, and keeps account of what was written."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.host = crowd, Host(self._person(crowd["ks_lead"]))

    @staticmethod
    def _person(someone: object) -> Person:
        assert isinstance(someone, Person)
        return someone

    def tell(self, is_published: bool, places: int, steps: list[tuple[str, str]]) -> Past:
        title, link = marker(), marker()
        number = self.host.session(
            publish=is_published, capacity=places, title=title, join_url=f"https://x.example/{link}"
        )
        past = Past(number, is_published, title, [link])
        for step, vendor in BEGINNING + steps:
            try:
                self._take(past, step, vendor)
            except Refusal:
                continue
        return past

    def _take(self, past: Past, step: str, vendor: str) -> None:
        person, word = self._person(self.crowd[vendor]), marker()
        made = past.made[vendor]
        who = Who(word, f"{word}@{word}.example")
        if step == "join":
            made.append(service.register(person.actor, past.id, Who()).id)
        elif step == "colleague":
            made.append(service.register(person.actor, past.id, who).id)
            past.words[vendor].add(word)
        elif step == "told":
            row = self.host.told(
                past.id, vendor=person.organisation_id, name=word, address=who.address
            )
            made.append(row.id)
            past.words[vendor].add(word)
        elif step in ("leave", "hand over") and made:
            self._change(past, step, vendor, made[len(made) // 2], who)
        else:
            self._of_ks(past, step, word)

    def _change(self, past: Past, step: str, vendor: str, number: int, who: Who) -> None:
        actor = self._person(self.crowd[vendor]).actor
        if step == "leave":
            service.cancel_registration(actor, number)
        else:
            service.change_registration(actor, number, who)
            past.words[vendor].add(who.name)

    def _of_ks(self, past: Past, step: str, word: str) -> None:
        if step == "more places":
            self.host.edit(past.id, capacity=3)
        elif step == "move":
            self.host.edit(past.id, place="Et annet sted")
        elif step == "link":
            self.host.edit(past.id, join_url=f"https://x.example/{word}")
            past.links.append(word)
        elif step == "cancel":
            service.cancel_session(self.host.ks.actor, past.id, reason="Avlyst")


EVERYWHERE = (
    "/",
    "/status",
    "/oversikt",
    f"/sok?q={COMMON}",
    "/leverandordialog",
    "/leverandordialog?vis=tidligere",
    "/leverandordialog/mine",
    "/utboks",
    f"{API}/sessions?limit=500",
)


def addresses(past: Past) -> list[str]:
    own = f"/leverandordialog/okter/{past.id}"
    pages = [
        own + tail
        for tail in ("", "/meld-pa", "/meld-pa-for", "/pameldte", "/pameldte.csv", "/endre")
    ]
    each = [
        f"/leverandordialog/pameldinger/{number}/{act}"
        for numbers in past.made.values()
        for number in numbers
        for act in ("endre", "meld-av")
    ]
    return [*pages, *each, f"{API}/sessions/{past.id}"]


@pytest.mark.timeout(300)
def test_no_vendor_learns_of_another(world, crowd, look: Look, monkeypatch):
    @settings(
        max_examples=2,
        phases=(Phase.explicit, Phase.generate),  # a page costs more than a shorter example
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow],
    )
    @given(st.lists(pasts, min_size=2, max_size=2))
    def search(plan: list[tuple[bool, int, list[tuple[str, str]]]]) -> None:
        note(plan)
        with taken_back():
            teller = Teller(crowd)
            told = [teller.tell(*one) for one in plan]
            for who in EYES:
                assert_clean(who, told, look)
            assert_mail_is_for_the_vendor(told)

    search()


def assert_clean(who: str, told: list[Past], look: Look) -> None:
    hidden = set().union(*(past.hidden_from(who) for past in told))
    for path in (*EVERYWHERE, *(path for past in told for path in addresses(past))):
        text = look(who, path)
        found = set(MARKER.findall(text)) & hidden
        assert not found, f"{who} sees {found} at {path}"
    for past in told:  # the search would be worth nothing if nothing were shown
        text = look(who, f"/leverandordialog/okter/{past.id}")
        assert (past.title in text) is (past.is_published or who == "ks_lead")


def assert_mail_is_for_the_vendor(told: list[Past]) -> None:
    """A mail holds no word of another vendor's, and the link only for one who comes."""
    owners = {
        mail_of.address: vendor
        for past in told
        for vendor, numbers in past.made.items()
        for mail_of in (db.session.get_one(DialogueRegistration, n) for n in numbers)
    }
    for mail in mails():
        written = set(MARKER.findall(f"{mail.values} {mail.note} {mail.calendar} {mail.address}"))
        vendor = owners.get(mail.address)
        for past in told:
            others = [words for name, words in past.words.items() if name != vendor]
            assert vendor is None or not written & set().union(*others)
        if mail.values.get("join_url"):
            assert mail.values["happened"] in ("confirmed", "moved_up", "changed")
            assert "position" not in mail.values
