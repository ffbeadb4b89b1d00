"""Support is for the public side: every word of it is marked, and every answer that anyone outside
can get is searched for the words, the names, the counts and the address that would tell of it."""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pilot.core.behalf import Behalf, Channel
from pilot.core.clock import today
from pilot.core.db import db
from pilot.core.errors import Refusal
from pilot.core.outbox import OutboxMail
from pilot.stories import queries, service
from pilot.stories.rules import StoryState
from tests.access.pasts import COMMON, MARKER, marker
from tests.access.test_hidden import API, EVERYWHERE, look, taken_back

__all__ = ["look"]  # a fixture

S = StoryState
#: Who sees all support; the torn one sees that of Stavanger, whom they act for.
INSIDE = ("ks_lead", "ks_member", "owner", "neighbour", "hospital", "nhn", "two_for_oslo")
OUTSIDE = ("stranger", "steering", "vendor", "other_vendor", "seated")
TAILS = ("", "/versjoner", "/stott", "/stotte", "/stotte/registrer", "/stotte/1103/trekk")
#: What a page would say of support, whoever gave it; and what a program would.
TELLING = ("tøtte", "/stott", '"support"')


def addresses(refs):
    own = [f"/historier/{ref}{tail}" for ref in refs for tail in TAILS]
    return [*EVERYWHERE, *own, *(f"{API}/stories/{ref}" for ref in refs), "/personvern"]


def told():
    return Behalf(Channel.PHONE, today())


@pytest.fixture
def supported(world, crowd):
    """A story of Oslo, with the support of Stavanger by itself and of Trondheim by KS, and one that
    Bergen has taken back; then it comes to the state, and its support stays."""

    def make(state: str) -> tuple[str, dict[str, str]]:
        words = {number: marker() for number in ("1103", "5001", "4601")}
        story = world.story(state=S.READY, is_published=state in ("published", "prioritised"))
        ks = crowd["ks_lead"].actor
        service.give_support(crowd["neighbour"].actor, story.id, note=words["1103"])
        for number in ("5001", "4601"):
            service.register_support(ks, story.id, number, note=words[number], behalf=told())
        service.withdraw_support_for(ks, story.id, "4601", behalf=told())
        if state == "rejected":
            service.move_story(ks, story.id, to=S.REJECTED, reason="Fordi")
        elif state == "prioritised":
            service.prioritise(ks, [story.id])
        return story.ref, words

    return make


@pytest.mark.parametrize("state", ["ready", "published", "prioritised", "rejected"])
def test_those_outside_find_no_trace(supported, look, state):
    ref, words = supported(state)
    for who in OUTSIDE:
        for path in addresses([ref]):
            text = look(who, path)
            assert not set(MARKER.findall(text)) & set(words.values()), f"{who} at {path}"
            if path.startswith(("/historier/", f"{API}/stories")):
                found = [word for word in TELLING if word in inside_of(text, path)]
                assert not found, f"{who} reads {found} at {path}"


def inside_of(text: str, path: str) -> str:
    """What the site says, without what it says back of the address that was asked for."""
    return text.replace(path, "")


@pytest.mark.parametrize("state", ["ready", "published", "prioritised", "rejected"])
def test_those_inside_read_it(supported, look, state):
    ref, words = supported(state)
    for who in INSIDE:
        text = look(who, f"/historier/{ref}")
        assert words["1103"] in text, who
        assert words["5001"] in text, who
        assert words["4601"] not in text, who  # taken back
        assert "2 kommuner støtter historien" in text, who
        assert '"municipalities":2' in look(who, f"{API}/stories/{ref}").replace(" ", ""), who


def test_one_who_is_torn_sees_that_of_their_own_municipality_alone(supported, look):
    ref, words = supported("published")
    text = look("torn", f"/historier/{ref}")
    assert words["1103"] in text
    assert words["5001"] not in text
    assert not re.search(r"kommuner? støtter historien", text)
    assert '"support"' not in look("torn", f"{API}/stories/{ref}")
    assert look("torn", f"/historier/{ref}/stotte").count("kommuner støtter") == 0
    hidden, kept = supported("ready")
    for path in addresses([hidden]):
        assert not set(MARKER.findall(look("torn", path))) & set(kept.values()), path


def test_pages_of_outsiders_are_the_same_with_support_and_without(world, crowd, look):
    """Nothing at all differs: no count, no order, no date."""
    story = world.story(state=S.READY, is_published=True)
    paths = addresses([story.ref])
    before = {(who, path): blurred(look(who, path)) for who in OUTSIDE for path in paths}
    service.give_support(crowd["neighbour"].actor, story.id, note=marker())
    world.many_supports(story.id, 100, note=COMMON)
    after = {(who, path): blurred(look(who, path)) for who in OUTSIDE for path in paths}
    assert before == after


def blurred(text: str) -> str:
    """Without what is new on every page: tokens and clocks."""
    text = re.sub(r'name="(csrf_token|form_key)"[^>]*', "", text)
    return re.sub(r"(siden=|since=)[\d.]+|kl\. \d\d\.\d\d|id: [\d.]+", "", text)


def test_a_receipt_goes_to_those_who_may_know(world, crowd):
    """The torn one belongs to Stavanger too, and may know of the story when it is published."""
    for is_published in (False, True):
        story = world.story(state=S.READY, is_published=is_published)
        service.register_support(crowd["ks_lead"].actor, story.id, "1103", behalf=told())
        mails = db.session.query(OutboxMail).filter_by(template="stories/mail/support")
        got = {mail.person_id for mail in mails if mail.values["ref"] == story.ref}
        assert (crowd["torn"].id in got) is is_published
        assert {crowd["neighbour"].id, crowd["two_for_other"].id} <= got
        assert crowd["owner"].id not in got


@pytest.mark.timeout(300)
def test_whatever_happens_to_support_those_outside_find_no_trace(world, crowd, look):
    steps = st.lists(
        st.sampled_from(("give", "change", "withdraw", "resume", "register", "take back")),
        max_size=6,
    )

    @settings(
        max_examples=3,
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow],
    )
    @given(st.booleans(), steps)
    def search(is_published, plan) -> None:
        with taken_back():
            story = world.story(state=S.READY, is_published=is_published)
            written = {word for step in ["give", *plan] for word in take(crowd, story.id, step)}
            for who in OUTSIDE:
                for path in addresses([story.ref]):
                    assert not set(MARKER.findall(look(who, path))) & written, f"{who} at {path}"

    search()


def take(crowd, story_id: int, step: str) -> set[str]:
    """One step, where the support's state allows it; the words that were written."""
    word, ks, own = marker(), crowd["ks_lead"].actor, crowd["neighbour"].actor
    try:
        if step in ("give", "change"):
            revision = revision_of(own, story_id)
            service.give_support(own, story_id, note=word, revision=revision)
        elif step == "register":
            service.register_support(ks, story_id, "1103", note=word, behalf=told())
        elif step == "take back":
            service.withdraw_support_for(ks, story_id, "1103", behalf=told())
        else:
            act = service.withdraw_support if step == "withdraw" else service.resume_support
            act(own, story_id)
    except Refusal:
        return set()
    return {word}


def revision_of(actor, story_id: int) -> int:
    row = queries.support_of(story_id, actor.organisation_id)
    return row.revision if row else 0
