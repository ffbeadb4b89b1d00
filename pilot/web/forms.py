"""What all forms share: refusals land on their field, and the acting organisation travels along."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, StringField, TextAreaField, ValidationError

from pilot.core.errors import Rejected
from pilot.core.text import HOLDS_IDENTITY_NUMBER, clean, holds_identity_number
from pilot.web.access import current_actor
from pilot.web.i18n import translate


class PilotForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    acting_organisation_id = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.acting_organisation_id.data = str(current_actor().organisation_id or "")

    @contextmanager
    def accepting(self) -> Iterator[None]:
        """Show a rule's refusal beside the field it concerns."""
        try:
            yield
        except Rejected as refusal:
            for name, message in refusal.found:
                self._mark(self._fields.get(name or ""), translate(message))

    def _mark(self, field: Any, sentence: str) -> None:
        if field is None:
            self.form_errors.append(sentence)
            return
        # An empty FieldList or one with rows: the sentence goes to the list as a whole.
        field.errors = [*field.errors, sentence]

    @property
    def status(self) -> int:
        return 422 if self.errors else 200


def no_identity_number(_form: object, field: Any) -> None:
    """Say it at the field already; the unit of work refuses it whatever the form does."""
    if field.data and holds_identity_number(field.data):
        raise ValidationError(translate(HOLDS_IDENTITY_NUMBER))


class _Cleaned:
    """Mixed into text fields: control characters and outer space go before validation."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean(valuelist[0])


class Line(_Cleaned, StringField):  # type: ignore[misc]  # WTForms ships no types
    """One line of text."""


class Address(_Cleaned, EmailField):  # type: ignore[misc]  # as above
    """An e-mail address."""


class Area(_Cleaned, TextAreaField):  # type: ignore[misc]  # as above
    """Several lines of text."""
