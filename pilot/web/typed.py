"""What a person had written in a form that was not stored, so that it can be copied."""

from collections.abc import Iterable, Iterator

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException
from wtforms import (
    DateField,
    DateTimeField,
    FieldList,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
)

from pilot.web.forms import MADE, PilotForm

WRITTEN = (StringField, DateField, DateTimeField, IntegerField, FieldList)
UNSAID = (HiddenField, PasswordField)  # these are StringFields too


def typed() -> list[str]:
    """The texts of the request's form: not its hidden fields, its choices or its buttons."""
    if request.method != "POST" or request.content_length is None:
        return []
    if request.content_length > current_app.config["MAX_CONTENT_LENGTH"]:
        return []
    try:
        fields = [*request.form.items(multi=True)]
    except HTTPException:  # the form itself is what could not be read
        return []
    texts = _texts()
    # The rows of a list are sent as `criteria-0`, and what stands in a row as `links-0-title`.
    return [said for name, said in fields if name.split("-")[0] in texts and len(said.strip()) > 1]


def _texts() -> frozenset[str]:
    """The names of the texts in the forms that the page has made; refused before it made any, in
    all forms of ours."""
    made: Iterable[type[PilotForm]] = g.get(MADE) or _forms(PilotForm)
    return frozenset(name for form in made for name in _texts_of(form))


def _texts_of(form: type[PilotForm]) -> tuple[str, ...]:
    kinds = ((name, getattr(getattr(form, name), "field_class", object)) for name in dir(form))
    return tuple(
        name for name, kind in kinds if issubclass(kind, WRITTEN) and not issubclass(kind, UNSAID)
    )


def _forms(kind: type[PilotForm]) -> Iterator[type[PilotForm]]:
    yield kind
    for sub in kind.__subclasses__():
        yield from _forms(sub)
