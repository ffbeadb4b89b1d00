"""Filling a site: reference data, the demo, and a large one to measure on."""

import hashlib
import secrets
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from pilot.accounts import passwords
from pilot.accounts.models import Person
from pilot.core.db import db
from pilot.core.facts import DEMO, SiteFact, holds_demo_data
from pilot.core.registry import Registry
from pilot.core.unit import unit_of_work

SOURCES = "reference data"  # the fact that says which files the reference data came from
ROOT = Path(__file__).resolve().parent


class Refused(RuntimeError):
    """The seed would touch data that is not its own."""


def reference() -> Iterator[tuple[str, int]]:
    """Register, map, catalogue and organisations; a second run changes nothing."""
    yield from _steps("reference", "")
    with unit_of_work():
        fact = _sources_seeded() or SiteFact(name=SOURCES)
        fact.value = _sources()
        db.session.add(fact)


def reference_is_current() -> bool:
    """Whether the shipped files, and the steps that read them, are those already seeded."""
    fact = _sources_seeded()
    return fact is not None and fact.value == _sources()


def _sources_seeded() -> SiteFact | None:
    return db.session.scalar(select(SiteFact).where(SiteFact.name == SOURCES))


def _sources() -> str:
    digest = hashlib.sha256()
    data = ROOT.parent / "data"
    for path in sorted(chain(data.rglob("*.*"), ROOT.glob("*/seed*.py"), ROOT.glob("*/seed/*.py"))):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def demo() -> Iterator[tuple[str, int]]:
    """People and stories that are invented; only on a site that holds nothing else."""
    if current_app.config["APP_ENV"] == "production":
        raise Refused("demo data do not belong on a site with APP_ENV=production")
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        raise Refused("the database holds people already; demo data need an empty one")
    password_hash = passwords.hash_password(_password())
    with unit_of_work():
        db.session.add(SiteFact(name=DEMO, value="1"))
        yield from _steps("demo", password_hash)


def large() -> Iterator[tuple[str, int]]:
    """A big site on top of the demo; a second run changes nothing."""
    if not holds_demo_data():
        raise Refused("run `flask pilot seed demo` first: the large data are demo data")
    yield from _steps("large", passwords.hash_password(_password()))


def is_empty() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is None


def _password() -> str:
    """The password of all demo people: from the environment, or made and printed once."""
    given: str = current_app.config["DEMO_PASSWORD"]
    if given:
        return given
    made = secrets.token_urlsafe(9)
    print(f"Password of the demo people: {made}")  # noqa: T201  # the one place it can be read
    return made


def _steps(name: str, password_hash: str) -> Iterator[tuple[str, int]]:
    registry: Registry = current_app.extensions["registry"]
    for step in registry.seeds.get(name, ()):
        yield step.name, step.run(password_hash)
