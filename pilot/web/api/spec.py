"""The API's description, OpenAPI 3.1, at `/api/v1/openapi.json`."""

import json
from functools import cached_property
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, cast

import flask_smorest
from flask import Blueprint, Flask, Response, current_app
from marshmallow import INCLUDE, Schema, fields

from pilot.web.access import public
from pilot.web.api.access import SCHEME
from pilot.web.api.problems import PROBLEM

VERSION = "1"
PREFIX = f"/api/v{VERSION}"
TOKEN = "token"  # noqa: S105  # the name of the scheme, not a secret
ABOUT = """Needs, municipalities and national solutions of *felles journalløft*.

A token (`Authorization: Bearer …`) acts for one person in one organisation and sees what that
person sees on the pages; without one, only what is public is answered. Cookies are ignored.
A token may send 1,200 requests a minute.

A write may carry an `Idempotency-Key` of 1 to 200 characters. For 24 hours the same person sending
the same body to the same address with the same key gets the first answer again; another body with
the same key is refused with 422.

Text is cleaned as in the pages' forms. National identity numbers are never stored: a text that
holds one is refused with 422. Sentences are in the person's language, else as `Accept-Language`
asks (nb, nn, en).
"""
#: Headers of refusals that have any.
HEADERS: MappingProxyType[int, dict[str, Any]] = MappingProxyType(
    {
        401: {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}},
        429: {"Retry-After": {"required": True, "schema": {"type": "integer", "minimum": 1}}},
    }
)
REFUSALS = (400, 401, 403, 404, 409, 413, 415, 422, 429)
openapi = Blueprint("api", __name__, url_prefix=PREFIX)


class FieldError(Schema):
    field = fields.String(
        required=True, allow_none=True, metadata={"description": "null: the request as a whole"}
    )
    message = fields.String(required=True)


class Problem(Schema):
    """RFC 9457."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldError))


class Api(flask_smorest.Api):  # type: ignore[misc]  # flask-smorest ships no types
    """The site's one API; slices add their blueprints when they register."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None  # every refusal is named where it can come

    @classmethod
    def init(cls, app: Flask) -> None:
        about = {"info": {"description": ABOUT}}
        names = {"title": "Pilotrommet", "version": VERSION, "openapi_version": "3.1.0"}
        app.extensions["api"] = api = cls(app, spec_kwargs=names | about)
        api.spec.components.security_scheme(TOKEN, {"type": "http", "scheme": SCHEME})
        app.register_blueprint(openapi)

    @classmethod
    def of(cls, app: Flask) -> "Api":
        return cast("Api", app.extensions["api"])

    @cached_property
    def text(self) -> str:
        return json.dumps(self.spec.to_dict(), ensure_ascii=False)

    def register_blueprint(self, blueprint: Blueprint, **options: Any) -> None:
        """A token is sent by the caller, never by a browser on its own: no CSRF token is due."""
        self._app.extensions["csrf"].exempt(blueprint)
        super().register_blueprint(blueprint, **options)

    def _register_error_handlers(self) -> None:
        """`web.errors` answers for the API too."""

    def _register_responses(self) -> None:
        too_long = {"description": "Said by the server", "content": {"text/html": {}}}
        self.spec.components.response(HTTPStatus(414).name, too_long, lazy=True)
        for status in REFUSALS:
            body = {
                "description": HTTPStatus(status).phrase,
                "headers": HEADERS.get(status, {}),
                "content": {PROBLEM: {"schema": Problem}},
            }
            self.spec.components.response(HTTPStatus(status).name, body, lazy=True)


@openapi.get("/openapi.json")
@public
def describe() -> Response:
    return Response(Api.of(current_app).text, content_type="application/json")
