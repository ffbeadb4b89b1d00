"""Shape of what is typed about stories; what is true of it, the service says."""

import re
from typing import Any

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import TextInput

from pilot.stories.rules import FREQUENCY_WORDS, ROWS_MAX, Frequency, SolutionLink, StoryText
from pilot.web.forms import (
    DIGITS_MAX,
    Area,
    BehalfFields,
    KeyedForm,
    Line,
    PilotForm,
    Rows,
    no_identity_number,
)
from pilot.web.i18n import NAMES, current_locale, translate
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]
TEXTS = ("title", "role", "need", "benefit", "context", "consequence", "language")


_GROUPED = re.compile(r"\d{1,3}(?:[\s.,]\d{3})+")


class Count(IntegerField):  # type: ignore[misc]  # WTForms ships no types
    """A whole number as people write it: 1900, 1 900 (with any kind of space), 1.900 or 1,900."""

    widget = TextInput()  # a number field takes no space, and is changed by scrolling

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "").strip()
        if _GROUPED.fullmatch(typed):
            typed = "".join(c for c in typed if c.isdecimal())
        if not typed:
            self.data = None
            return
        if not typed.isdecimal() or len(typed) > DIGITS_MAX:
            raise ValueError(_l("Skriv et helt tall, for eksempel 1 900."))
        self.data = int(typed)


class StoryForm(KeyedForm):
    revision = HiddenField()
    title = Line(_l("Tittel"), PLAIN)
    role = Line(_l("Som …"), PLAIN)
    need = Area(_l("ønsker jeg å …"), PLAIN)
    benefit = Area(_l("slik at …"), PLAIN)
    from_setting = SelectField(_l("Fra tjeneste"), default="")
    to_setting = SelectField(_l("Til tjeneste"), default="")
    elements = Area(_l("Hvilke opplysninger gjelder det?"), PLAIN)
    solutions = SelectMultipleField(_l("Nasjonale løsninger du tror kan brukes"))
    frequency = RadioField(_l("Hvor ofte oppstår behovet?"))
    patients_per_year = Count(_l("Pasienter i året"))
    consequence = Area(_l("Følge i dag"), PLAIN)
    criteria = Rows(Area(validators=PLAIN), min_entries=1)
    context = Area(_l("Bakgrunn"), PLAIN)
    language = SelectField(_l("Språk i historien"), default=lambda: own_language())
    note = Line(_l("Hva har du endret?"), PLAIN)

    def offer(self, settings: list[tuple[str, str]], solutions: list[tuple[str, str]]) -> None:
        """Fill the choices; they depend on the reader's language and on the catalogue."""
        none = [("", translate_choice())]
        self.from_setting.choices = self.to_setting.choices = none + settings
        self.solutions.choices = solutions
        self.frequency.choices = [(f.value, translate(w)) for f, w in FREQUENCY_WORDS.items()]
        self.frequency.validate_choice = False  # no choice is an answer
        self.language.choices = list(NAMES[:2])

    def change_rows(self, data: Any) -> bool:
        """Add or remove a row of criteria when script is off; True when that was the request."""
        if "add_row" in data and len(self.criteria) < ROWS_MAX:
            self.criteria.append_entry()
        elif "remove_row" in data:
            rows = enumerate(self.criteria)
            self._refill([e.data for i, e in rows if str(i) != data["remove_row"]])
        return "add_row" in data or "remove_row" in data

    def _refill(self, rows: list[str]) -> None:
        while len(self.criteria):
            self.criteria.pop_entry()
        for row in rows or [""]:
            self.criteria.append_entry(row)

    def fill(self, text: StoryText, revision: int) -> None:
        """Show a stored text in the form."""
        for name in TEXTS:
            self[name].data = getattr(text, name)
        self.from_setting.data = text.from_setting or ""
        self.to_setting.data = text.to_setting or ""
        self.elements.data = "\n".join(text.elements)
        self.solutions.data = list(text.solutions)
        self.frequency.data = text.frequency.value if text.frequency else None
        self.patients_per_year.data = text.patients_per_year
        self._refill(list(text.criteria))
        self.revision.data = str(revision)

    @property
    def text(self) -> StoryText:
        """What was typed, as the domain knows it; empty rows are left out."""
        typed = {name: self[name].data or "" for name in TEXTS}
        frequency = self.frequency.data
        known = {member.value for member in Frequency}
        return StoryText(
            **typed,
            from_setting=self.from_setting.data or None,
            to_setting=self.to_setting.data or None,
            elements=_rows((self.elements.data or "").split("\n")),
            solutions=tuple(sorted(self.solutions.data or ())),
            frequency=Frequency(frequency) if frequency in known else None,
            patients_per_year=self.patients_per_year.data,
            criteria=_rows([entry.data or "" for entry in self.criteria]),
        )


def translate_choice() -> str:
    return str(_l("Velg tjeneste"))


def own_language() -> str:
    return "nn" if current_locale() == "nn" else "nb"


def _rows(typed: list[str]) -> tuple[str, ...]:
    return tuple(row.strip() for row in typed if row.strip())


class MoveForm(PilotForm):
    """A change of state, from the page it was seen on."""

    revision = HiddenField()
    reason = Area(_l("Begrunnelse"), PLAIN)


class SolutionForm(PilotForm):
    solution_key = SelectField(
        _l("Nasjonal løsning"), [InputRequired(_l("Velg en løsning."))], validate_choice=False
    )
    kind = RadioField(
        _l("Hvordan dekker løsningen behovet?"),
        [AnyOf(list(SolutionLink), _l("Velg hvordan løsningen dekker behovet."))],
        validate_choice=False,
    )
    note = Area(_l("Vurdering"), PLAIN)

    def offer(self, solutions: list[tuple[str, str]], kinds: dict[SolutionLink, str]) -> None:
        self.solution_key.choices = [("", str(_l("Velg løsning"))), *solutions]
        self.kind.choices = [(kind.value, words) for kind, words in kinds.items()]


class SupportForm(PilotForm):
    revision = HiddenField()
    note = Area(_l("Hvorfor støtter kommunen historien?"), PLAIN)


class SupportForForm(BehalfFields, PilotForm):
    """The same, as KS enters it for a municipality."""

    number = Line(_l("Kommunenummer"), PLAIN)
    note = Area(_l("Hva skrev eller sa kommunen?"), PLAIN)


class TakeBackForm(BehalfFields, PilotForm):
    """That a municipality no longer supports a story, as KS enters it."""
