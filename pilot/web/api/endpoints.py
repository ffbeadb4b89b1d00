"""The decorator that makes a view an operation of the API: what it takes, answers and refuses."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar

import flask_smorest
from flask import Request, Response
from marshmallow import Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from pilot.core.errors import Rejected
from pilot.core.words import Message, say
from pilot.web.api.fields import SENTENCES
from pilot.web.api.problems import Found
from pilot.web.api.spec import TOKEN

Json = dict[str, Any]
Answered = Json | Response
View = TypeVar("View", bound=Callable[..., Answered])

ALWAYS = (401, 414, 429)
WRITING = (400, 403, 409, 413, 415, 422)


class Body(Schema):
    """A request body: fields that are not known are refused."""

    may_be_empty = False  # no body at all is `{}`
    error_messages = {
        "unknown": SENTENCES["unknown"],  # type: ignore[dict-item]  # translated later
        "type": SENTENCES["object"],  # type: ignore[dict-item]  # as above
    }


class Answers(Schema):
    """An answer in which every field is there."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True


class Parser(FlaskParser):
    """Reads strict JSON, and refuses with every field that must be mended."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        if getattr(schema, "may_be_empty", False) and not req.get_data():
            return {}
        return super().load_json(req, schema)

    def _raw_load_json(self, req: Request) -> Any:
        if req.mimetype != "application/json":
            raise UnsupportedMediaType
        try:
            return json.loads(req.get_data().decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as fault:
            raise BadRequest from fault

    def handle_error(self, error: ValidationError, *_: object, **__: object) -> NoReturn:
        (messages,) = error.messages_dict.values()  # they lie under the name of their place
        found = list(dict.fromkeys(_found(messages)))
        raise rejected(found)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _found(messages: Any, field: str | None = None) -> Iterator[tuple[str | None, Message]]:
    """Each sentence under the field it concerns; one in a row of a list concerns the list."""
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            known = None if name == "_schema" else str(name)
            yield from _found(below, field or known)
    elif isinstance(messages, list):
        for below in messages:
            yield from _found(below, field)
    else:
        yield field, messages if isinstance(messages, Message) else say(str(messages))


def rejected(found: Found) -> Rejected:
    refusal = Rejected(found[0][1], found[0][0])
    refusal.found = found
    return refusal


class Endpoints(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """A slice's part of the API."""

    ARGUMENTS_PARSER = Parser()

    def operation(
        self,
        method: str,
        rule: str,
        answers: type[Schema],
        *,
        status: int = 200,
        takes: type[Schema] | None = None,
        body: Json | None = None,
        parameters: list[Json] | None = None,
        may_be_missing: bool = False,
    ) -> Callable[[View], View]:
        """Serve a view under an address and describe it.

        A view answers with what is ready to be JSON; `answers` describes it, and costs nothing
        per row. `body` describes the request better than `takes` can by itself.
        """
        writes = method in ("POST", "PUT", "DELETE")
        codes = {*ALWAYS, *(WRITING if writes else ()), *((422,) if takes else ())}
        if "<" in rule or may_be_missing:
            codes.add(404)

        def add(view: View) -> View:
            made: Any = _as_response(view)
            made = self.response(status, answers)(made)
            for code in sorted(codes):
                made = self.alt_response(code, response=HTTPStatus(code).name)(made)
            if takes is not None:
                is_required = not getattr(takes, "may_be_empty", False)
                location = "json" if writes else "query"
                made = self.arguments(takes, location=location, required=is_required)(made)
            about: Json = {"security": [{TOKEN: []}] if writes else [{}, {TOKEN: []}]}
            if body is not None:
                about["requestBody"] = {"content": {"application/json": {"schema": body}}}
            made = self.doc(**about)(made)
            # `//` is another address, not a way to this one: the API never redirects.
            options = {"methods": [method], "merge_slashes": False}
            self.route(rule, parameters=parameters, **options)(made)
            return view

        return add


def _as_response(view: Callable[..., Answered]) -> Callable[..., Response]:
    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> Response:
        answered = view(*args, **kwargs)
        if isinstance(answered, Response):
            return answered
        return Response(json.dumps(answered, ensure_ascii=False), mimetype="application/json")

    return run
