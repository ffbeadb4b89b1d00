"""What all forms share: refusals land on their field, and the acting organisation travels along."""

import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import flash, g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import (
    EmailField,
    FieldList,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, InputRequired

from pilot.core import clock
from pilot.core.behalf import CHANNEL_WORDS, Behalf, Channel
from pilot.core.errors import Rejected
from pilot.core.text import HOLDS_IDENTITY_NUMBER, clean, holds_identity_number
from pilot.core.words import Message
from pilot.web.access import current_actor
from pilot.web.dates import Day, day_in
from pilot.web.i18n import lazy_gettext as _l
from pilot.web.i18n import translate

STORED = "stored"  # a note to the script, not to people: the form's address, or "" for all
MADE = "forms_made"  # on `g`: the kinds of form that this request has made
LOOKED_AT_MOST = 25_000
DIGITS_MAX = 9  # of a number in a form; it fits an id's column
ROWS_LOOKED_AT = 50
FORM_KEY = re.compile(r"[0-9a-f]{32}")


def options_of(field: SelectField) -> tuple[Any, ...]:
    """What a select offers, as (heading, rows of value and words): all that drawing it depends on
    but what is chosen. Rows without a heading stand under ""."""
    choices = field.choices
    groups = choices.items() if isinstance(choices, dict) else (("", choices or ()),)
    return tuple((heading, tuple(rows)) for heading, rows in groups)


class PilotForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    acting_organisation_id = HiddenField()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # as above
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Text fields take text; a file sent under their name is not looked at."""
            is_own = formdata is _Auto and request.method in ("POST", "PUT", "PATCH")
            return request.form if is_own else super().wrap_formdata(form, formdata)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        g.setdefault(MADE, set()).add(type(self))
        if not self.is_submitted():
            self.acting_organisation_id.data = str(current_actor().organisation_id or "")

    def faults(self) -> Iterable[tuple[str, Message]]:
        """What the rules find in what was typed; a form answers here to say it all at once."""
        return ()

    def validate(self, extra_validators: Any = None) -> bool:
        """The shape of the fields, and what the rules say of those that have it."""
        super().validate(extra_validators)
        for name, message in self.faults():
            field = self._fields[name]
            if not field.errors:
                self._mark(field, translate(message))
        return not self.errors

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


class KeyedForm(PilotForm):
    """A form that makes something new: sent twice, it makes one thing.

    The table that it fills keeps the key, unique together with the person who wrote.
    """

    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.form_key.data = uuid.uuid4().hex

    @property
    def key(self) -> str | None:
        """The key this form was drawn with; none where it is not one of ours."""
        typed = self.form_key.data or ""
        return typed if FORM_KEY.fullmatch(typed) else None


def no_identity_number(_form: object, field: Any) -> None:
    """Say it at the field already; the unit of work refuses it whatever the form does."""
    # What is longer than any field may be is refused for that; to search it would take long.
    if field.data and len(field.data) <= LOOKED_AT_MOST and holds_identity_number(field.data):
        raise ValidationError(translate(HOLDS_IDENTITY_NUMBER))


class _Cleaned:
    """Mixed into text fields: control characters and outer space go before validation."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = clean(valuelist[0])


class Line(_Cleaned, StringField):  # type: ignore[misc]  # WTForms ships no types
    """One line of text; line breaks in it are spaces."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([" ".join(value.split()) for value in valuelist[:1]])


class Rows(FieldList):  # type: ignore[misc]  # as above
    """A list of fields, of which only the first few numbers count."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        number = re.compile(re.escape(prefix) + r"-([0-9]{1,3})(?:-|$)")
        found = {int(match[1]) for name in formdata if (match := number.match(name))}
        yield from sorted(found)[:ROWS_LOOKED_AT]


class Address(_Cleaned, EmailField):  # type: ignore[misc]  # as above
    """An e-mail address."""


class Area(_Cleaned, TextAreaField):  # type: ignore[misc]  # as above
    """Several lines of text."""


class BehalfFields:
    """Mixed into a form with which KS enters what an organisation has told by mail or phone."""

    behalf_channel = RadioField(
        _l("Hvordan kom beskjeden?"),
        [AnyOf(list(Channel), _l("Velg hvordan beskjeden kom."))],
        validate_choice=False,
    )
    behalf_received_on = Day(_l("Når kom den?"))

    def offer_channels(self) -> None:
        words = CHANNEL_WORDS.items()
        self.behalf_channel.choices = [(code.value, translate(text)) for code, text in words]

    def validate_behalf_received_on(self, field: Any) -> None:
        if field.data is None:
            raise ValidationError(_l("Skriv datoen beskjeden kom."))
        if field.data > clock.today():
            raise ValidationError(_l("Datoen kan ikke være etter i dag."))

    @property
    def behalf(self) -> Behalf:
        """What was typed; to be asked of a form that was found valid."""
        return Behalf(Channel(self.behalf_channel.data), day_in(self.behalf_received_on))


def said_stored(sentence: Message) -> None:
    """Say on the next page that a form is stored; what the browser kept of it is let go."""
    flash(translate(sentence), "success")
    flash(request.path, STORED)


class ApprovalForm(PilotForm):
    """«Hvem har godkjent dette?», as every slice asks it."""

    name = Line(_l("Navnet på den som har godkjent"), [no_identity_number])
    role_title = Line(_l("Rollen til den som har godkjent"), [no_identity_number])
    confirmed_on = Day(_l("Dato"), [InputRequired(_l("Skriv datoen det ble godkjent."))])


def number_in(field: HiddenField) -> int | None:
    """The number that a hidden field carries; None where it has been tampered with."""
    typed = field.data or ""
    return int(typed) if typed.isdecimal() and len(typed) <= DIGITS_MAX else None
