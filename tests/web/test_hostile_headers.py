"""What a visitor says of where the site is, and of where they come from, moves nothing."""

import pytest

from tests.support.databases import make_app
from tests.support.people import Stranger

FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP")


@pytest.mark.parametrize(
    "path",
    [
        "//historier",
        "/historier//BH-0001",
        "//evil.example//historier",
        "/api//v1/stories",
        "//api/v1/stories",
        "/logg-inn//",
        "/historier/",
    ],
)
def test_a_doubled_slash_sends_nobody_to_the_host_that_was_asked_for(stranger, path):
    hostile = {"PATH_INFO": path, "HTTP_HOST": "evil.example"}
    answer = stranger.client.get("/", environ_overrides=hostile)
    assert answer.status_code in (200, 404)  # read as one slash, or nothing of ours
    assert "Location" not in answer.headers


def guess(person: Stranger, n: int, header: str) -> int:
    value = f"for=10.0.0.{n}" if header == "Forwarded" else f"10.0.0.{n}"
    fields = {"email": "kari@prove.example", "password": "feil"}
    headers = {header: value, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    answer = person._send("POST", "/logg-inn", data=fields, headers=headers)
    assert "evil.example" not in answer.text
    return answer.status_code


@pytest.mark.parametrize("header", FORWARDED)
def test_without_a_trusted_proxy_no_header_moves_the_brake(app, header):
    guesser = Stranger(app)
    assert app.config.get("TRUSTED_PROXIES", 0) == 0
    assert [guess(guesser, n, header) for n in range(11)] == [422] * 10 + [429]


def test_behind_one_the_last_forwarder_counts_and_no_other(databases):
    """The proxy adds the address it saw; what stands before it is the visitor's own word."""
    app = make_app(databases.copy(), TRUSTED_PROXIES=1)
    with app.app_context():
        client = app.test_client()

        def tries(seen: str, said: str) -> int:
            fields = {"email": "kari@prove.example", "password": "feil"}
            headers = {"X-Forwarded-For": f"{said}, {seen}"}
            return client.post("/logg-inn", data=fields, headers=headers).status_code

        assert [tries("10.0.0.1", f"10.9.9.{n}") for n in range(11)] == [422] * 10 + [429]
        assert tries("10.0.0.2", "10.0.0.1") == 422
