"""Shape of what is typed about sessions and registrations; what is true of it, the service says."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import AnyOf
from wtforms.widgets import TextInput

from pilot.core import clock
from pilot.core.words import DEFAULT_LOCALE, Message
from pilot.dialogue import rules
from pilot.dialogue.rules import AnswerText, QuestionText, SessionText
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


class VendorField:
    """Mixed into a form with which KS enters what a vendor has told."""

    organisation_id = SelectField(_l("Leverandør"), validate_choice=False)

    def offer_vendors(self, vendors: tuple[tuple[int, str], ...]) -> None:
        first = ("", str(_l("Velg leverandør")))
        self.organisation_id.choices = [first, *((str(number), name) for number, name in vendors)]

    @property
    def vendor(self) -> int:
        """The number that was chosen; 0, which is nobody's, where there is none."""
        typed = self.organisation_id.data or ""
        return int(typed) if typed.isdecimal() and len(typed) <= DIGITS_MAX else 0


class BehalfForm(VendorField, BehalfFields, PersonForm):
    """A person that a vendor has told KS about."""

    locale = SelectField(_l("Språk i e-posten"), default=lambda: current_locale())

    def offer(self, vendors: tuple[tuple[int, str], ...]) -> None:
        """Fill the choices, which depend on the register and the reader's language."""
        self.offer_vendors(vendors)
        self.locale.choices = list(NAMES)
        self.offer_channels()


# --- questions and answers -----------------------------------------------------------------------


class QuestionForm(KeyedForm):
    revision = HiddenField()
    text = Area(_l("Spørsmålet"), PLAIN)

    def faults(self) -> Iterable[tuple[str, Message]]:
        return self.question.tidy.faults()

    @property
    def question(self) -> QuestionText:
        """What was typed, in the language that the writer reads the pages in."""
        return QuestionText(self.text.data or "", current_locale())


class QuestionForForm(VendorField, BehalfFields, QuestionForm):
    """A question that a vendor has asked by mail or phone."""

    def offer(self, vendors: tuple[tuple[int, str], ...]) -> None:
        self.offer_vendors(vendors)
        self.offer_channels()


class AnswerForm(KeyedForm):
    """A question in KS' words, the answer, and which questions it answers."""

    revision = HiddenField()
    question = Area(_l("Spørsmålet, slik alle skal lese det"), PLAIN)
    answer = Area(_l("Svaret"), PLAIN)
    lang = SelectField(_l("Språk i spørsmålet og svaret"), default=DEFAULT_LOCALE)
    questions = SelectMultipleField(_l("Spørsmål du svarer på"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang.choices = list(NAMES)

    def faults(self) -> Iterable[tuple[str, Message]]:
        return self.answer_text.tidy.faults()

    def fill(self, text: AnswerText, revision: int) -> None:
        self.question.data, self.answer.data, self.lang.data = text.question, text.answer, text.lang
        self.revision.data = str(revision)

    @property
    def answer_text(self) -> AnswerText:
        return AnswerText(self.question.data or "", self.answer.data or "", self.lang.data or "")

    @property
    def numbers(self) -> frozenset[int]:
        """The questions that are ticked."""
        return numbers_of(self.questions.data or ())


class PublishForm(KeyedForm):
    """Asked once more, when all is seen as everyone will see it."""

    drafts = SelectMultipleField(validate_choice=False)
    recognisable = RadioField(
        _l("Kan noen kjenne igjen hvem som spurte?"),
        [AnyOf(["no", "yes"], _l("Svar ja eller nei."))],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recognisable.choices = [
            ("no", str(_l("Nei, ingen kan kjenne igjen den som spurte"))),
            ("yes", str(_l("Ja, eller kanskje"))),
        ]

    @property
    def seen(self) -> dict[int, int]:
        """The drafts that were shown, each with the revision that was shown."""
        typed = (one.partition("-") for one in self.drafts.data or ())
        return {
            number: revision
            for draft, _, seen in typed
            for number, revision in product(numbers_of([draft]), numbers_of([seen]))
        }


def numbers_of(typed: Iterable[str]) -> frozenset[int]:
    """The whole numbers among what was sent."""
    return frozenset(int(one) for one in typed if one.isdecimal() and len(one) <= DIGITS_MAX)
