"""Shape of what is typed about documents."""

from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf

from pilot.recommendations.rules import DocumentText, Position
from pilot.web.dates import Day
from pilot.web.forms import Area, KeyedForm, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class DocumentForm(KeyedForm):
    revision = HiddenField()
    title = Line(_l("Tittel"), PLAIN)
    body = Area(_l("Tekst"), PLAIN)
    source_name = Line(_l("Kilde"), PLAIN)
    source_url = Line(_l("Lenke til kilden"), PLAIN)
    note = Line(_l("Hva er nytt?"), PLAIN)

    def fill(self, text: DocumentText, revision: int) -> None:
        """Start from what is stored."""
        self.revision.data = str(revision)
        for name in ("title", "body", "source_name", "source_url"):
            self[name].data = getattr(text, name)

    @property
    def text(self) -> DocumentText:
        fields = ("title", "body", "source_name", "source_url", "note")
        return DocumentText(**{name: self[name].data or "" for name in fields})


class MoveForm(PilotForm):
    revision = HiddenField()
    closes_on = Day(_l("Siste dag for innspill"))


class InputForm(PilotForm):
    revision = HiddenField()
    position = RadioField(
        _l("Hva mener dere?"),
        [AnyOf(list(Position), _l("Velg hva dere mener."))],
        validate_choice=False,
    )
    text = Area(_l("Innspill"), PLAIN)
