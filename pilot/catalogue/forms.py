"""Shape of what is typed about information services."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.widgets import TextInput

from pilot.catalogue.rules import (
    LINKS_MAX,
    RECOMMENDATIONS_MAX,
    DocumentText,
    LinkKind,
    LinkText,
    ServiceState,
    ServiceText,
)
from pilot.web.dates import Day
from pilot.web.forms import DIGITS_MAX, Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]
EMPTY_ROWS = 2
Choices = Iterable[tuple[str, str]]


class ConfirmForm(PilotForm):
    """A button, and who it was opened for."""


class LinkForm(Form):  # type: ignore[misc]  # WTForms ships no types
    """A row: a solution, how it meets the service, and why."""

    solution = SelectField(_l("Nasjonal løsning"))
    kind = SelectField(_l("Vurdering"))
    note = Line(_l("Merknad"), PLAIN)


class ServiceForm(PilotForm):
    revision = HiddenField()
    name = Line(_l("Navn"), PLAIN)
    description = Area(_l("Hva gjør tjenesten?"), PLAIN)
    state = RadioField(_l("Hvor langt er den kommet?"), default=ServiceState.IDEA.value)
    links = FieldList(
        FormField(LinkForm),
        _l("Nasjonale løsninger"),
        min_entries=EMPTY_ROWS,
        max_entries=LINKS_MAX,
    )

    def offer(self, solutions: Choices, kinds: Choices, states: Choices) -> None:
        """Fill the choices; they depend on the reader's language and on the catalogue."""
        self._solutions, self._kinds = [("", str(_l("Velg løsning"))), *solutions], list(kinds)
        self.state.choices = list(states)
        self._offer_rows()

    def _offer_rows(self) -> None:
        for entry in self.links.entries:
            entry.form.solution.choices, entry.form.kind.choices = self._solutions, self._kinds

    def fill(self, text: ServiceText, revision: int) -> None:
        """Start from what is stored, with empty rows for more."""
        self.revision.data = str(revision)
        self.name.data, self.description.data = text.name, text.description
        self.state.data = text.state.value
        while self.links.entries:
            self.links.pop_entry()
        for link in text.links:
            self._add_row({"solution": link.solution, "kind": link.kind.value, "note": link.note})
        for _ in range(EMPTY_ROWS):
            self._add_row()

    def add_row(self) -> None:
        """One more row for a solution, as far as there is room."""
        self._add_row()

    def _add_row(self, data: dict[str, Any] | None = None) -> None:
        if len(self.links.entries) < LINKS_MAX:
            self.links.append_entry(data)
            self._offer_rows()

    @property
    def text(self) -> ServiceText:
        """What was typed; rows without a solution are left out."""
        return ServiceText(
            name=self.name.data or "",
            description=self.description.data or "",
            state=ServiceState(self.state.data),
            links=tuple(
                LinkText(row["solution"], LinkKind(row["kind"]), row["note"] or "")
                for row in self.links.data
                if row["solution"]
            ),
        )


class Number(IntegerField):  # type: ignore[misc]  # as above
    """A small whole number; empty is None."""

    widget = TextInput()  # a number field is changed by scrolling

    def process_formdata(self, valuelist: list[str]) -> None:
        typed, self.data = (valuelist[0] if valuelist else "").strip(), None
        if typed and not (typed.isdecimal() and len(typed) <= DIGITS_MAX):
            raise ValueError(_l("Skriv et helt tall, for eksempel 5."))
        self.data = int(typed) if typed else None


class RecommendationForm(Form):  # type: ignore[misc]  # as above
    """A row: the document's own number, and what it says."""

    number = Number(_l("Nummer"))
    text = Line(_l("Anbefaling"), PLAIN)


class FollowUpForm(PilotForm):
    ref = SelectField(_l("Anbefaling"))

    def offer(self, recommendations: Choices) -> None:
        self.ref.choices = [("", str(_l("Velg anbefaling"))), *recommendations]


class DocumentForm(PilotForm):
    revision = HiddenField()
    title = Line(_l("Tittel"), PLAIN)
    owner = Line(_l("Eier"), PLAIN)
    dated_on = Day(_l("Dato"))
    address = Line(_l("Lenke"), PLAIN)
    description = Area(_l("Hva er dokumentet?"), PLAIN)
    recommendations = FieldList(
        FormField(RecommendationForm),
        _l("Anbefalinger"),
        min_entries=EMPTY_ROWS,
        max_entries=RECOMMENDATIONS_MAX,
    )

    def fill(self, text: DocumentText, revision: int) -> None:
        """Start from what is stored, with empty rows for more."""
        self.revision.data = str(revision)
        for name in ("title", "owner", "dated_on", "address", "description"):
            self[name].data = getattr(text, name)
        while self.recommendations.entries:
            self.recommendations.pop_entry()
        for number, words in text.recommendations:
            self.recommendations.append_entry({"number": number, "text": words})
        for _ in range(EMPTY_ROWS):
            self.add_row()

    def add_row(self) -> None:
        """One more row, as far as there is room."""
        if len(self.recommendations.entries) < RECOMMENDATIONS_MAX:
            self.recommendations.append_entry()

    @property
    def text(self) -> DocumentText:
        """What was typed; rows without a text are left out."""
        rows = [row for row in self.recommendations.data if row["text"]]
        return DocumentText(
            title=self.title.data or "",
            owner=self.owner.data or "",
            dated_on=self.dated_on.data,
            address=self.address.data or "",
            description=self.description.data or "",
            recommendations=tuple((row["number"] or 0, row["text"]) for row in rows),
        )
