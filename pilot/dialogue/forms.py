"""Shape of what is typed about sessions and registrations; what is true of it, the service says."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, IntegerField, SelectField
from wtforms.widgets import TextInput

from pilot.core import clock
from pilot.core.words import Message
from pilot.dialogue import rules
from pilot.dialogue.rules import SessionText
from pilot.web.dates import Moment
from pilot.web.forms import (
    DIGITS_MAX,
    Address,
    Area,
    BehalfFields,
    KeyedForm,
    Line,
    PilotForm,
    no_identity_number,
)
from pilot.web.i18n import NAMES, current_locale
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]
TEXTS = ("title", "text", "place", "join_url")
REST = ("starts_at", "ends_at", "registers_until", "capacity", "quota")


class Number(IntegerField):  # type: ignore[misc]  # WTForms ships no types
    """A whole number of people; empty is none."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not typed:
            return
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS_MAX):
            raise ValueError(_l("Skriv et helt tall, for eksempel 80."))
        self.data = int(typed)


class SessionForm(KeyedForm):
    revision = HiddenField()
    title = Line(_l("Hva handler møtet om?"), PLAIN)
    starts_at = Moment(_l("Begynner"))
    ends_at = Moment(_l("Slutter"))
    place = Line(_l("Sted"), PLAIN)
    join_url = Line(_l("Møtelenke"), PLAIN)
    capacity = Number(_l("Antall plasser"))
    quota = Number(_l("Høyst så mange fra hver leverandør"))
    registers_until = Moment(_l("Påmeldingsfrist"))
    text = Area(_l("Om møtet"), PLAIN)

    def faults(self) -> Iterable[tuple[str, Message]]:
        return rules.faults(rules.tidy(self.session_text), clock.now())

    def fill(self, text: SessionText, revision: int) -> None:
        """Show a stored text in the form."""
        for name in (*TEXTS, *REST):
            self[name].data = getattr(text, name)
        self.revision.data = str(revision)

    @property
    def session_text(self) -> SessionText:
        """What was typed, as the domain knows it."""
        typed: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        return SessionText(**typed | {name: self[name].data for name in REST})


class ButtonForm(PilotForm):
    """A change of state, from the page it was seen on."""

    revision = HiddenField()
    reason = Area(_l("Hvorfor er møtet avlyst?"), PLAIN)


class PersonForm(KeyedForm):
    """A person who is to come."""

    name = Line(_l("Navn"), PLAIN)
    address = Address(_l("E-post på jobb"), PLAIN)


class BehalfForm(BehalfFields, PersonForm):
    """A person that a vendor has told KS about."""

    organisation_id = SelectField(_l("Leverandør"), validate_choice=False)
    locale = SelectField(_l("Språk i e-posten"), default=lambda: current_locale())

    def offer(self, vendors: tuple[tuple[int, str], ...]) -> None:
        """Fill the choices, which depend on the register and the reader's language."""
        first = ("", str(_l("Velg leverandør")))
        self.organisation_id.choices = [first, *((str(number), name) for number, name in vendors)]
        self.locale.choices = list(NAMES)
        self.offer_channels()
