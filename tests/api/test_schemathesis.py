"""What the API says of itself is true: Schemathesis tries it, for callers of three kinds."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from werkzeug.serving import WSGIRequestHandler, make_server

from pilot.core.db import db
from pilot.stories.rules import StoryState
from pilot.stories.service import writing
from tests.api.conftest import API, TokenOf
from tests.support.dialogue import Host
from tests.support.world import World

EXAMPLES = 10  # of each operation, beside the cases that its schema itself tells of
#: Flask answers OPTIONS itself.
EXCLUDED = ("unsupported_method",)
#: Bodies of every shape come from the one caller who may write; for others they are refused alike.
FEWER = [{"include-name": "POST /api/v1/stories", "phases": {"coverage": {"enabled": False}}}]
#: A schema cannot say that one time comes after another: most sessions it makes up are refused.
TIMES: dict[str, Any] = {
    "include-name": "POST /api/v1/sessions",
    "checks": {"positive_data_acceptance": {"enabled": False}},
}
#: One can give up only a place one has: a session that was just made has none of it.
NOT_YET: dict[str, Any] = {
    "include-name": "DELETE /api/v1/sessions/{session_id}/registrations/mine",
    "checks": {"ensure_resource_availability": {"enabled": False}},
}
#: Nor that the codes of levels are those of the criteria, and no two of these the same.
CODES: dict[str, Any] = {
    "include-name": "POST /api/v1/methods/readiness",
    "checks": {"positive_data_acceptance": {"enabled": False}},
}
WRITER = "municipality"
#: What they ask is asked on PostgreSQL by KS, whose answers hold the most.
ONCE = ("guest", "vendor", WRITER)


class Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Thousands of lines tell nothing."""


@pytest.fixture
def served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The site over HTTP, in this process and in the test's transaction."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = make_server("127.0.0.1", 0, app, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "caller",
    [
        pytest.param("ks", marks=pytest.mark.on_postgresql),
        *(pytest.param(who, marks=pytest.mark.one_database) for who in ONCE),
    ],
)
def test_the_description_is_true(
    caller: str,
    served: str,
    token_of: TokenOf,
    world: World,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "PER_DAY", 100_000)
    world.story(state=StoryState.READY, is_published=True)
    world.story(state=StoryState.SUBMITTED)
    host = Host(request.getfixturevalue("ks"))
    host.session(capacity=1)
    host.at("full")
    token = None if caller == "guest" else token_of(request.getfixturevalue(caller))
    db.session.rollback()  # what the test itself holds ends here; the rest is the server's
    schema = schemathesis.openapi.from_url(
        f"{served}{API}/openapi.json", config=configured(token, caller)
    )
    sent, faults = tried(schema)
    assert not faults, "\n\n".join(faults)
    assert sent > (300 if caller == WRITER else 100), "too little was tried"


def configured(token: str | None, caller: str) -> SchemathesisConfig:
    config = SchemathesisConfig.from_dict(
        {
            "seed": 2,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            "checks": {name: {"enabled": False} for name in EXCLUDED},
            "operations": [TIMES, CODES, NOT_YET, *([] if caller == WRITER else FEWER)],
        }
    )
    if token:
        config.projects.default.update(headers={"Authorization": f"Bearer {token}"})
    return config


def tried(schema: Any) -> tuple[int, list[str]]:
    """How many requests were sent, and what was wrong with the answers."""
    sent, faults = 0, []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            sent += len(event.recorder.interactions)
            faults += failed(event.recorder)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            faults.append(repr(event))
        elif isinstance(event, events.EngineFinished):
            faults += map(str, event.failures)
    return sent, faults


def failed(recorder: Any) -> list[str]:
    return [
        f"{recorder.label}: {check.name}: {check.failure_info.failure}\n{case.value.body!r}"
        for case_id, case in recorder.cases.items()
        for check in recorder.checks.get(case_id, ())
        if check.failure_info is not None
    ]
