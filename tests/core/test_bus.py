"""The live bus: within a process, and through Redis between processes."""

import pytest

from pilot.core.bus import ROOM, Bus, RedisBus, Signal, connect
from pilot.core.policy import Zone
from tests.support.servers import until

pytestmark = pytest.mark.one_database
WAIT = 10.0
NEWS = Signal("stories", "BH-0001", Zone.PUBLIC_SIDE, 7)


def test_without_redis_the_bus_is_in_this_process():
    assert type(connect("")) is Bus
    assert type(connect("redis://127.0.0.1:1")) is RedisBus


def test_a_signal_reaches_those_who_listen_to_its_topic():
    bus = Bus()
    with bus.listen("stories") as one, bus.listen("stories") as two, bus.listen("polls") as other:
        bus.publish(NEWS)
        assert one.next(WAIT) == NEWS
        assert two.next(WAIT) == NEWS
        assert other.next(0) is None


def test_one_who_has_left_hears_nothing():
    bus = Bus()
    with bus.listen("stories") as one:
        pass
    bus.publish(NEWS)
    assert one.next(0) is None


def test_a_listener_that_lags_is_let_go_and_holds_up_nobody():
    bus = Bus()
    with bus.listen("stories") as slow, bus.listen("stories") as quick:
        for _ in range(ROOM + 1):
            bus.publish(NEWS)
            quick.next(0)
        assert not slow.is_open
        assert quick.is_open


def test_a_signal_survives_its_journey():
    assert Signal.load(NEWS.dump()) == NEWS
    assert Signal.load(Signal("a", "b", Zone.OWN).dump()) == Signal("a", "b", Zone.OWN)


@pytest.fixture
def two_processes(redis_url: str) -> tuple[RedisBus, RedisBus]:
    """Two buses that share nothing but Redis, as two processes do."""
    here, there = RedisBus(redis_url), RedisBus(redis_url)
    with here.listen("warm"), there.listen("warm"):
        assert here.is_connected.wait(WAIT)
        assert there.is_connected.wait(WAIT)
    return here, there


def test_redis_carries_a_signal_to_another_process(two_processes):
    here, there = two_processes
    with there.listen("stories") as far, here.listen("stories") as near:
        here.publish(NEWS)
        assert far.next(WAIT) == NEWS
        assert near.next(WAIT) == NEWS
        assert near.next(0.05) is None  # once, not twice


def test_a_hundred_listeners_are_one_subscription(two_processes):
    here, there = two_processes
    subscribers = here._redis.pubsub_numsub("pilot:signals")[0][1]
    listeners = [there.listen("stories") for _ in range(100)]
    inboxes = [one.__enter__() for one in listeners]
    here.publish(NEWS)
    assert all(inbox.next(WAIT) == NEWS for inbox in inboxes)
    assert here._redis.pubsub_numsub("pilot:signals")[0][1] == subscribers
    for one in listeners:
        one.__exit__(None, None, None)


def test_a_lost_connection_is_made_again(two_processes):
    here, there = two_processes
    here._redis.client_kill_filter(_type="pubsub", skipme=True)
    with there.listen("stories") as far:

        def arrives() -> bool:
            here.publish(NEWS)
            return far.next(0.2) is not None

        until(arrives, "the bus")


def test_readiness_asks_redis(two_processes):
    assert two_processes[0].is_reachable()
    assert not RedisBus("redis://127.0.0.1:1").is_reachable()
