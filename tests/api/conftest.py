"""Callers of the API: a token each, and no browser."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pilot.accounts import service
from pilot.accounts.models import Person as PersonRow
from pilot.core.db import db
from pilot.core.policy import Actor
from tests.support.people import Person, Stranger

API = "/api/v1"
TokenOf = Callable[[Person], str]


class Caller:
    """A program that calls the API for a person, or for nobody."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self._http = Stranger(app)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(
        self, path: str, query: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> TestResponse:
        options: dict[str, Any] = {"query_string": query} if query else {}
        return self.call("GET", path, headers=headers or {}, **options)

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> TestResponse:
        return self.call("POST", path, json=body, headers=headers or {})

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = self.headers | options.pop("headers", {})
        return self._http.api(method, API + path, headers=headers, **options)


@pytest.fixture
def token_of(rolled_back: None) -> TokenOf:
    def make(person: Person) -> str:
        email = db.session.get_one(PersonRow, person.id).email
        return service.create_token(Actor.system(), email)

    return make


@pytest.fixture
def calling(app: Flask, token_of: TokenOf) -> Callable[[Person], Caller]:
    """A program that calls for a person: `calling(ks)`."""
    return lambda person: Caller(app, token_of(person))


@pytest.fixture
def guest(app: Flask) -> Caller:
    """A program without a token."""
    return Caller(app)


def fields_of(answer: TestResponse) -> list[str | None]:
    """The fields that a refusal names."""
    return [error["field"] for error in answer.json["errors"]]
