"""The live line over the list: what was missed, then what happens, and nothing that is hidden."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile

import pytest

from pilot.core import clock
from pilot.core.bus import Signal
from pilot.core.db import db
from pilot.core.policy import Zone
from pilot.core.unit import unit_of_work
from pilot.stories import queries, service
from pilot.stories.models import Story
from pilot.stories.rules import StoryState
from pilot.web import live

S = StoryState


@pytest.fixture
def brief(monkeypatch) -> None:
    """A stream that ends when nothing more is waiting for it."""
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)
    monkeypatch.setattr(live, "LIFETIME", 0.15)


def heard(text: str) -> list[str]:
    """The references in what a stream has said."""
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data")]
    return [json.loads(line)["ref"] for line in lines]


def stream(app, actor, meanwhile=lambda: None) -> list[str]:
    """What an open stream says to one who listens while something happens, until it is silent."""
    with app.test_request_context("/historier/strom"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "LIFETIME", 60.0)
        parts: Iterator[str] = iter(
            live.stream(app.extensions["bus"], actor, "stories", ()).response
        )
        said = next(parts)  # from here it listens
        meanwhile()
        return heard(said + "".join(takewhile(lambda part: part != live.STILL_HERE, parts)))


def test_what_was_missed_is_said_first(brief, world, ks, vendor):
    opened = (clock.now() - timedelta(minutes=1)).timestamp()
    old, hidden = world.story(), world.story()
    seen = world.story(state=S.READY, is_published=True)
    with unit_of_work():
        db.session.get_one(Story, old.id).changed_at = clock.now() - timedelta(hours=1)
    path = f"/historier/strom?siden={opened}"
    assert heard(ks.get(path).text) == [hidden.ref, seen.ref]
    assert heard(vendor.get(path).text) == [seen.ref]


@pytest.mark.parametrize("since", ["", "x", "nan", "inf", "-inf", "-1", "1e308", "9" * 400])
def test_odd_moments_break_nothing(brief, world, ks, since):
    world.story()
    answer = ks.get(f"/historier/strom?siden={since}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"


def test_a_stranger_has_no_stream(stranger):
    assert stranger.get("/historier/strom").status_code == 302


def test_each_hears_of_what_they_may_know(app, brief, tell, ks, municipality, neighbour, vendor):
    draft, sent = tell.draft(), tell.at(S.SUBMITTED)

    def happens() -> None:
        service.edit_story(municipality.actor, draft.id, tell.world.text(), revision=1)
        service.move_story(ks.actor, sent.id, to=S.READY)

    # The same moment for all of them, so that it is told anew to each.
    told = [
        Signal("stories", draft.ref, Zone.OWN, municipality.organisation_id),
        Signal("stories", sent.ref, Zone.PUBLIC_SIDE, municipality.organisation_id),
    ]
    bus = app.extensions["bus"]
    own = ks.actor, municipality.actor
    for actor in own:
        assert stream(app, actor, lambda: [bus.publish(s) for s in told]) == [draft.ref, sent.ref]
    assert stream(app, neighbour.actor, lambda: [bus.publish(s) for s in told]) == [sent.ref]
    assert stream(app, vendor.actor, lambda: [bus.publish(s) for s in told]) == []
    actor = ks.actor
    assert stream(app, actor, happens) == [draft.ref, sent.ref]  # and the service says just that


def test_a_vendor_hears_of_it_when_it_is_published(app, brief, tell, vendor, ks):
    story = tell.at(S.READY)
    actor, publisher = vendor.actor, ks.actor
    assert stream(app, actor, lambda: service.publish_story(publisher, story.id)) == [story.ref]


def test_other_topics_are_not_heard(app, brief, ks):
    signal = Signal("elsewhere", "X-1", Zone.PUBLIC)
    actor = ks.actor
    assert stream(app, actor, lambda: app.extensions["bus"].publish(signal)) == []


def test_a_refused_command_says_nothing(app, brief, tell, ks):
    story = tell.at(S.SUBMITTED)
    actor = ks.actor

    def fails() -> None:
        with pytest.raises(service.Stale):
            service.move_story(actor, story.id, to=S.READY, revision=99)

    assert stream(app, actor, fails) == []


def test_the_page_asks_from_when_it_was_opened(world, ks, stranger):
    before = clock.now().timestamp()
    page = ks.get("/historier").text
    since = float(page.split("/historier/strom?siden=")[1].split('"')[0])
    assert before <= since <= clock.now().timestamp()
    story = world.story()
    assert queries.changed_since(ks.actor, since) == (story.ref,)
    assert "/historier/strom" not in stranger.get("/historier").text
