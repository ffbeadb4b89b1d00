"""Shape of what is typed about messages."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, ValidationError

from pilot.core.words import Message, say
from pilot.following.queries import MessagePage
from pilot.following.rules import MessageText
from pilot.web.dates import Moment
from pilot.web.forms import PilotForm
from pilot.web.i18n import lazy_gettext as _l
from pilot.web.i18n import translate
from pilot.web.texts import TextsForm

Choices = Iterable[tuple[Message, list[tuple[str, Message | str]]]]
NOW, LATER = "now", "later"


class MessageForm(TextsForm):
    revision = HiddenField()
    form_key = HiddenField()
    audience = SelectField(_l("Hvem skal få meldingen?"))

    def offer(self, choices: Choices) -> None:
        """Fill the choices under their headings; the service says whether one is real."""
        self.audience.choices = {"": [("", translate(say("Velg mottakere")))]} | {
            translate(group): [(value, translate(words)) for value, words in rows]
            for group, rows in choices
        }
        if not self.is_submitted():
            self.form_key.data = uuid.uuid4().hex

    def fill(self, stored: MessagePage) -> None:
        self.revision.data = str(stored.revision)
        self.fill_texts(stored.texts)
        self.audience.data = stored.audience

    @property
    def text(self) -> MessageText:
        return MessageText(self.texts, self.audience.data or "")

    @property
    def key(self) -> str | None:
        typed = self.form_key.data or ""
        return typed if len(typed) == 32 and typed.isalnum() else None


class SendForm(PilotForm):
    revision = HiddenField()
    when = RadioField(_l("Når skal den sendes?"), default=NOW)
    send_at = Moment(_l("Tidspunkt"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.when.choices = [(NOW, _l("Nå")), (LATER, _l("På et tidspunkt"))]

    @property
    def chosen_time(self) -> datetime | None:
        """When to send; None is now."""
        return self.send_at.data if self.when.data == LATER else None

    def validate_send_at(self, field: Moment) -> None:
        if self.when.data == LATER and not field.data and not field.errors:
            raise ValidationError(translate(say("Velg dato og klokkeslett.")))
