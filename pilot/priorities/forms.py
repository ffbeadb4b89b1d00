"""Shape of what is typed about the priority list."""

from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf

from pilot.priorities.rules import Treatment
from pilot.web.forms import Area, Line, PilotForm, no_identity_number
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class OrderForm(PilotForm):
    """All moves of the list: one reason, and the button that was pressed says what is moved."""

    list_id = HiddenField()
    reason = Line(_l("Begrunnelse for det du endrer"), PLAIN)
    ref = Line(_l("Nummer på historien"), PLAIN)


class NoteForm(PilotForm):
    list_id = HiddenField()
    revision = HiddenField()
    note = Area(_l("Om prioriteringen"), PLAIN)


class ListForm(PilotForm):
    """A button that concerns the list as it was seen."""

    list_id = HiddenField()


APPROVE, RETURN = "approve", "return"


class TreatmentForm(PilotForm):
    answer = RadioField(
        _l("Styringsgruppens svar"),
        [AnyOf([APPROVE, RETURN], _l("Velg om listen godkjennes eller sendes tilbake."))],
        validate_choice=False,
    )
    reason = Area(_l("Begrunnelse"), PLAIN)
    attendance = Area(_l("Hvem deltok?"), PLAIN)
    impartiality = Area(_l("Habilitet"), PLAIN)
    dissent = Area(_l("Dissens"), PLAIN)

    def offer(self) -> None:
        self.answer.choices = [
            (APPROVE, str(_l("Godkjenn listen"))),
            (RETURN, str(_l("Send listen tilbake"))),
        ]

    @property
    def approves(self) -> bool:
        return bool(self.answer.data == APPROVE)

    @property
    def treatment(self) -> Treatment:
        return Treatment(
            reason=self.reason.data or "",
            attendance=self.attendance.data or "",
            impartiality=self.impartiality.data or "",
            dissent=self.dissent.data or "",
        )
