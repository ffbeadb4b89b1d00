"""The live bus: tells open pages that something changed.

A signal names a topic and the zone of the thing that changed, so that each listener's stream can be
cleared by the policy without a query. Nothing rests on the bus: what must happen is a row in the
database. In one process it is a set of queues; with Redis, one subscription per process feeds them.
"""

import json
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import redis

from pilot.core.policy.zones import Zone
from pilot.core.unit import after_commit

CHANNEL = "pilot:signals"
ROOM = 100  # signals a slow listener may lag behind before it is let go; its browser reconnects
RETRY = 1.0  # seconds between tries to reach Redis again


@dataclass(frozen=True)
class Signal:
    topic: str
    ref: str
    zone: Zone
    organisation_id: int | None = None

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Signal":
        fields = json.loads(text)
        return cls(fields["topic"], fields["ref"], Zone(fields["zone"]), fields["organisation_id"])


class Subscription:
    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.is_open = True
        self._queue: queue.Queue[Signal] = queue.Queue(ROOM)

    def put(self, signal: Signal) -> None:
        try:
            self._queue.put_nowait(signal)
        except queue.Full:
            self.is_open = False

    def next(self, timeout: float) -> Signal | None:
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            return None


class Bus:
    """Signals within this process."""

    def __init__(self) -> None:
        self._listeners: set[Subscription] = set()
        self._lock = threading.Lock()

    def publish(self, signal: Signal) -> None:
        self.deliver(signal)

    def deliver(self, signal: Signal) -> None:
        with self._lock:
            listeners = [one for one in self._listeners if one.topic == signal.topic]
        for listener in listeners:
            listener.put(signal)

    @contextmanager
    def listen(self, topic: str) -> Iterator[Subscription]:
        one = Subscription(topic)
        with self._lock:
            self._listeners.add(one)
        try:
            yield one
        finally:
            with self._lock:
                self._listeners.discard(one)


class RedisBus(Bus):
    """Signals between processes; the one subscription starts with the first listener."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis: redis.Redis = redis.Redis.from_url(url, decode_responses=True)
        self._start = _once(lambda: threading.Thread(target=self._run, daemon=True).start())
        self.is_connected = threading.Event()

    def publish(self, signal: Signal) -> None:
        self._redis.publish(CHANNEL, signal.dump())

    @contextmanager
    def listen(self, topic: str) -> Iterator[Subscription]:
        self._start()
        with super().listen(topic) as one:
            yield one

    def is_reachable(self) -> bool:
        try:
            return bool(self._redis.ping())
        except redis.RedisError:
            return False

    def _run(self) -> None:
        is_lost = False
        while True:
            try:
                channel = self._redis.pubsub(  # type: ignore[no-untyped-call]  # redis-py's
                    ignore_subscribe_messages=False
                )
                channel.subscribe(CHANNEL)
                for message in channel.listen():
                    self.is_connected.set()
                    is_lost = False
                    if message["type"] == "message":
                        self.deliver(Signal.load(message["data"]))
            except redis.RedisError:
                if not is_lost:  # said once, however long it lasts
                    logging.getLogger(__name__).warning("the bus lost Redis; trying again")
                is_lost = True
                self.is_connected.clear()
                time.sleep(RETRY)


def _once(start: Callable[[], None]) -> Callable[[], None]:
    lock, done = threading.Lock(), threading.Event()

    def run() -> None:
        with lock:
            if not done.is_set():
                start()
                done.set()

    return run


def connect(redis_url: str) -> Bus:
    return RedisBus(redis_url) if redis_url else Bus()


_live: Bus = Bus()


def install(bus: Bus) -> None:
    """Make this the process's bus; called once, at start."""
    global _live  # one bus a process, as there is one database handle
    _live = bus


def announce(signal: Signal) -> None:
    """Publish once the change is stored; lost when the process dies, and then nobody is misled."""
    after_commit(lambda: _live.publish(signal))
