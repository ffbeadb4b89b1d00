"""Shape of what is typed about information services."""

from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, RadioField, SelectField

from pilot.catalogue.rules import LINKS_MAX, LinkKind, LinkText, ServiceState, ServiceText
from pilot.web.forms import Area, Line, PilotForm, no_identity_number
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
