"""Server-sent events: what the bus says, cleared for the one who listens."""

import json
import time
from collections.abc import Iterable, Iterator

from flask import Response

from pilot.core.bus import Bus
from pilot.core.db import db
from pilot.core.policy import Actor
from pilot.core.policy.zones import clears

HEARTBEAT = 15.0
LIFETIME = 300.0  # seconds; the browser comes back and is asked again who it is


def stream(bus: Bus, actor: Actor, topic: str, missed: Iterable[str]) -> Response:
    """First what was missed, then an event per signal that the actor may know of; no others."""
    db.session.remove()  # a stream holds no connection

    def events() -> Iterator[str]:
        ends = time.monotonic() + LIFETIME
        with bus.listen(topic) as inbox:
            yield "retry: 3000\n\n"
            yield from map(_event, missed)
            while inbox.is_open and time.monotonic() < ends:
                signal = inbox.next(HEARTBEAT)
                if signal is None:
                    yield ": still here\n\n"
                elif clears(actor, signal):
                    yield _event(signal.ref)

    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return Response(events(), mimetype="text/event-stream", headers=headers)


def _event(ref: str) -> str:
    return f"data: {json.dumps({'ref': ref})}\n\n"
