"""`/healthz`, `/readyz` and the timing header."""

import re

from pilot.web import health
from tests.support.databases import make_app


def test_the_process_answers_without_the_database(stranger, counted):
    with counted() as sent:
        assert stranger.get("/healthz").json == {"status": "ok"}
    assert sent == []


def test_a_migrated_site_is_ready(stranger):
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": True, "migrations": True})


def test_a_site_that_is_not_migrated_is_not(databases):
    answer = make_app(databases.empty()).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"database": True, "migrations": False}


def test_nor_one_without_its_database(tmp_path):
    app = make_app(f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"database": False, "migrations": False}


def test_redis_counts_when_it_is_configured(databases, redis_url):
    up = make_app(databases.copy(), REDIS_URL=redis_url).test_client().get("/readyz")
    assert up.json["redis"] is True
    down = make_app(databases.copy(), REDIS_URL="redis://127.0.0.1:1").test_client()
    assert down.get("/readyz").status_code == 503


def test_timing_counts_the_statements(databases):
    client = make_app(databases.copy(), PILOT_TIMING=True).test_client()
    line = client.get("/readyz").headers["Server-Timing"]
    found = re.fullmatch(r'total;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+)"', line)
    assert found, line
    total, in_database, statements = (float(value) for value in found.groups())
    assert statements >= 1
    assert 0 <= in_database <= total


def test_without_the_setting_there_is_no_timing(stranger):
    assert "Server-Timing" not in stranger.get("/healthz").headers
    assert health.healthz.is_public
