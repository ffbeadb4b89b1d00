"""What the API says of itself is true: Schemathesis tries it, for callers of three kinds."""

from collections.abc import Callable, Iterable
from contextvars import Context
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from pilot.core.db import db
from pilot.stories.rules import StoryState
from pilot.stories.service import writing
from tests.api.conftest import API, TokenOf
from tests.support.world import World

EXAMPLES = 15  # of each operation, beside the cases that its schema itself tells of
#: Flask answers OPTIONS itself.
EXCLUDED = ("unsupported_method",)


@pytest.fixture
def site(app: Flask) -> Callable[..., Iterable[bytes]]:
    """Each request in a context of its own, as in production."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # this client asks for, but unpacks nothing
        return Context().run(app, environ, start)

    return answer


def configured(token: str | None) -> SchemathesisConfig:
    config = SchemathesisConfig.from_dict(
        {
            "seed": 2,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            "checks": {name: {"enabled": False} for name in EXCLUDED},
        }
    )
    if token:
        config.projects.default.update(headers={"Authorization": f"Bearer {token}"})
    return config


@pytest.mark.timeout(300)
@pytest.mark.parametrize("caller", ["guest", "municipality", "ks"])
def test_the_description_is_true(
    caller: str,
    site: Callable[..., Iterable[bytes]],
    token_of: TokenOf,
    world: World,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writing, "PER_DAY", 100_000)
    world.story(state=StoryState.READY, is_published=True)
    world.story(state=StoryState.SUBMITTED)
    token = None if caller == "guest" else token_of(request.getfixturevalue(caller))
    db.session.rollback()  # the test's own savepoint; the requests come from other threads
    schema = schemathesis.openapi.from_wsgi(
        f"{API}/openapi.json", site, config=configured(token)
    )
    sent, faults = 0, []
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            sent += len(event.recorder.interactions)
            faults += failed(event.recorder)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            faults.append(f"{event!r}")
        elif isinstance(event, events.EngineFinished):
            faults += [str(failure) for failure in event.failures]
    assert not faults, "\n\n".join(faults)
    assert sent > 200, "too little was tried"


def failed(recorder: Any) -> list[str]:
    return [
        f"{recorder.label}: {check.name}: {check.failure_info.failure}\n{case.value.body!r}"
        for case_id, case in recorder.cases.items()
        for check in recorder.checks.get(case_id, ())
        if check.failure_info is not None
    ]
