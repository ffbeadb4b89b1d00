"""The site with the large data, on a copy of a database that is seeded once and kept."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from config import Config
from pilot import create_app, seeds
from pilot.core.db import db

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build"
PASSWORD = "et passord til målinger"  # noqa: S105  # of a database that is thrown away
GUEST = "gjest"
PEOPLE = {
    "KS-leder": "leder@ks.example",
    "kommune": "kommune-0301@stor.example",
    "leverandør": "leverandor-001@stor.example",
    "NHN": "radgiver@nhn.example",
}
#: What decides how the seeded database looks.
SOURCES = (
    *(
        "pilot/**/models.py",
        "pilot/**/models/*.py",
        "pilot/**/seed*.py",
        "pilot/**/seed/*.py",
        "pilot/core/*.py",
    ),
    *("pilot/**/service*.py", "pilot/**/service/*.py", "migrations/versions/*.py", "data/*.csv"),
)
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def make_app(path: Path) -> Flask:
    return create_app(
        Config(
            SECRET_KEY="a key for measuring, long enough for production",  # noqa: S106  # as above
            SQLALCHEMY_DATABASE_URI=f"sqlite:///{path}",
            BASE_URL="http://localhost",
            DEMO_PASSWORD=PASSWORD,
        )
    )


@contextmanager
def running() -> Iterator[tuple[Flask, Path]]:
    """The site on a copy of its own, and the folder the copy lies in."""
    seeded = _seeded()
    with TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "site.db"
        shutil.copyfile(seeded, path)
        yield make_app(path), Path(folder)


def _seeded() -> Path:
    """The seeded database; made again when what makes it has changed."""
    path = KEPT / f"bench-{_digest()}.db"
    if path.exists():
        return path
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("bench-*"):
        old.unlink()
    print("seeding the large data …", flush=True)
    draft = path.with_suffix(".draft")
    app = make_app(draft)
    with app.app_context():
        upgrade()
        for seed in (seeds.reference, seeds.demo, seeds.large):
            for _step in seed():
                pass
        db.session.remove()
        db.engine.dispose()  # the last connection that closes brings the journal into the file
    return draft.rename(path)


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted({found for pattern in SOURCES for found in ROOT.glob(pattern)}):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def browser(app: Flask, email: str | None) -> FlaskClient:
    """A browser, signed in through the form if an address is given."""
    client = app.test_client()
    if email is not None:
        form = {"email": email, "password": PASSWORD, "csrf_token": token(client, "/logg-inn")}
        answer = client.post("/logg-inn", data=form)
        if answer.status_code != HTTPStatus.FOUND:
            raise SystemExit(f"{email} was not let in")
    return client


def token(client: FlaskClient, path: str) -> str:
    found = _CSRF.search(client.get(path).text)
    if found is None:
        raise SystemExit(f"{path} has no form")
    return found[1]
