"""What every answer carries, and how static files are kept."""

import re

import pytest

from tests.support.databases import make_app

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/logg-inn", "/healthz", "/finnes-ikke", "/oversikt"])
def test_every_answer_is_guarded(stranger, path):
    answer = stranger.get(path)
    for name, value in SAFE.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers


def test_over_https_cookies_are_secure_and_bound_to_the_host(databases):
    app = make_app(databases.copy(), BASE_URL="https://pilot.example")
    answer = app.test_client().post("/sprak", data={"locale": "nn"}, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-pilot=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_over_http_they_are_neither(stranger):
    cookie = stranger.post("/sprak", locale="nn").headers["Set-Cookie"]
    assert cookie.startswith("pilot=")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie


def static_files(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"#]+)', html)


def test_static_files_are_kept_for_ever_under_an_address_of_their_content(stranger):
    files = static_files(stranger.get("/logg-inn").text)
    assert len(files) >= 5
    for file in files:
        answer = stranger.client.get(file)
        assert answer.status_code == 200, file
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.match(r"/static/[0-9a-f]{12}/", file)


def test_pages_are_compressed(stranger):
    answer = stranger.client.get("/logg-inn", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
