"""Settings: what stops the start, what is made once, and what follows from the address."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

import config
from config import BadSetting, Config

pytestmark = pytest.mark.one_database
LONG = "k" * 32


@pytest.fixture(autouse=True)
def instance(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "INSTANCE", tmp_path / "instance")
    return tmp_path / "instance"


@pytest.mark.parametrize("key", ["", "short", "k" * 31])
def test_production_without_a_proper_key_does_not_start(key):
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        Config.from_env({"APP_ENV": "production", "SECRET_KEY": key})


def test_with_one_it_does():
    assert Config.from_env({"APP_ENV": "production", "SECRET_KEY": LONG}).SECRET_KEY == LONG


def test_elsewhere_a_key_is_made_once_for_its_owner_alone(instance):
    first = Config.from_env({}).SECRET_KEY
    assert len(first) >= 32
    assert first == Config.from_env({}).SECRET_KEY
    mode = stat.S_IMODE(os.stat(instance / "secret-key").st_mode)
    assert mode == 0o600
    assert [path.name for path in instance.iterdir()] == ["secret-key"]


def test_processes_that_start_together_share_it(instance):
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: Config.from_env({}).SECRET_KEY, range(32)))
    assert len(keys) == 1


def test_the_database_is_a_file_until_another_is_named(instance):
    assert f"sqlite:///{instance / 'pilot.db'}" == Config.from_env({}).SQLALCHEMY_DATABASE_URI
    for named in ("postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"):
        url = Config.from_env({"DATABASE_URL": named}).SQLALCHEMY_DATABASE_URI
        assert url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    ("env", "base"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"BASE_URL": "https://pilot.example/"}, "https://pilot.example"),
    ],
)
def test_the_address(env, base):
    assert base == Config.from_env(env).BASE_URL


def test_cookies_are_secure_exactly_over_https():
    https = Config.from_env({"BASE_URL": "https://pilot.example"}).as_flask()
    http = Config.from_env({}).as_flask()
    assert (https["SESSION_COOKIE_NAME"], https["SESSION_COOKIE_SECURE"]) == ("__Host-pilot", True)
    assert (http["SESSION_COOKIE_NAME"], http["SESSION_COOKIE_SECURE"]) == ("pilot", False)


@pytest.mark.parametrize(("said", "meant"), [("0", False), ("1", True), (None, True)])
def test_the_demo_is_left_out_on_request(said, meant):
    env = {} if said is None else {"DEMO": said}
    assert Config.from_env(env).DEMO is meant
