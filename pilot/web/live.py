"""Server-sent events: what the bus says, cleared for the one who listens."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

from flask import Response

from pilot.core.bus import Bus
from pilot.core.db import db
from pilot.core.errors import Throttled
from pilot.core.policy import Actor
from pilot.core.policy.zones import clears
from pilot.core.words import say

HEARTBEAT = 15.0
PER_PERSON, IN_ALL = 6, 200  # open streams; each holds a thread, and pages need some too
STILL_HERE = ": still here\n\n"
LIFETIME = 300.0  # seconds; the browser comes back and is asked again who it is


def stream(bus: Bus, actor: Actor, topic: str, missed: Iterable[str]) -> Response:
    """First what was missed, then an event per signal that the actor may know of; no others."""
    db.session.remove()  # a stream holds no connection
    leave = _seats.take(actor.person_id)

    def events() -> Iterator[str]:
        ends = time.monotonic() + LIFETIME
        with ExitStack() as held:
            held.callback(leave)
            inbox = held.enter_context(bus.listen(topic))
            yield "retry: 3000\n\n"
            yield from map(_event, missed)
            while inbox.is_open and time.monotonic() < ends:
                signal = inbox.next(HEARTBEAT)
                if signal is None:
                    yield STILL_HERE
                elif clears(actor, signal):
                    yield _event(signal.ref)

    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    answer = Response(events(), mimetype="text/event-stream", headers=headers)
    answer.call_on_close(leave)  # also when nobody began to read
    return answer


class _Seats:
    """Who listens: some streams each, and no more in all than leaves threads for the pages."""

    def __init__(self) -> None:
        self._held: Counter[int | None] = Counter()
        self._lock = threading.Lock()

    def take(self, person_id: int | None) -> Callable[[], None]:
        """A seat, or a refusal; what is answered gives it up, however often it is called."""
        with self._lock:
            if self._held[person_id] >= PER_PERSON or self._held.total() >= IN_ALL:
                raise Throttled(say("Du har for mange sider åpne. Lukk noen av dem."), 60)
            self._held[person_id] += 1
        return _once(lambda: self._leave(person_id))

    def _leave(self, person_id: int | None) -> None:
        with self._lock:
            self._held[person_id] -= 1
            if not self._held[person_id]:
                del self._held[person_id]


def _once(act: Callable[[], None]) -> Callable[[], None]:
    left = [act]
    return lambda: left.pop()() if left else None


_seats = _Seats()


def _event(ref: str) -> str:
    return f"data: {json.dumps({'ref': ref})}\n\n"
