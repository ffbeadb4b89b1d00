"""Writes that a client may send again without harm: the `Idempotency-Key`."""

import json
from collections.abc import Callable

from flask import Response, request

from pilot.core.errors import Rejected
from pilot.core.idempotency import KEY_MAX, Answer, Call, once
from pilot.core.words import say
from pilot.web.access import current_actor

HEADER = "Idempotency-Key"


def done(run: Callable[[], tuple[int, dict[str, object]]]) -> Response:
    """Write and answer; with a key in the request, the second time with the first answer."""

    def answer() -> Answer:
        status, body = run()
        return Answer(status, json.dumps(body, ensure_ascii=False))

    key = request.headers.get(HEADER)
    given = answer() if key is None else once(current_actor(), _call(key), answer)
    return Response(given.body, given.status, content_type="application/json")


def _call(key: str) -> Call:
    if not 0 < len(key) <= KEY_MAX:
        raise Rejected(say("Nøkkelen må ha fra 1 til %(most)d tegn.", most=KEY_MAX), HEADER)
    return Call(key, request.method, request.path, request.get_data())
