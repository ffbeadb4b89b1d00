"""Shape of what is typed about the core team."""

from collections.abc import Iterable
from datetime import date

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import AnyOf, DataRequired, InputRequired

from pilot.core.words import Message
from pilot.coreteam import rules
from pilot.coreteam.rules import Period, SeatText, Side
from pilot.web.dates import Day
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
from pilot.web.i18n import lazy_gettext as _l

PLAIN = [no_identity_number]


class Share(Line):
    """A whole number of per cent; «20 %» is 20, and empty is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if (self.data or "").rstrip("% ") and self.number is None:
            raise ValueError(_l("Skriv et helt tall fra 0 til 100."))

    @property
    def number(self) -> int | None:
        typed = (self.data or "").rstrip("% ")
        return int(typed) if typed.isdecimal() and len(typed) <= DIGITS_MAX else None


class SeatForm(KeyedForm):
    revision = HiddenField()
    side = RadioField(
        _l("Hvilken side er plassen for?"),
        [AnyOf(list(Side), _l("Velg en side."))],
        validate_choice=False,
    )
    role = Line(_l("Rolle"), PLAIN)
    responsibility = Area(_l("Ansvar"), PLAIN)
    share = Share(_l("Stillingsprosent"))
    organisation = Line(_l("Organisasjon"), PLAIN)

    def fill(self, text: SeatText, organisation: str, revision: int) -> None:
        """Start from what is stored."""
        self.revision.data = str(revision)
        self.side.data, self.role.data = text.side.value, text.role
        self.responsibility.data, self.organisation.data = text.responsibility, organisation
        self.share.data = "" if text.share is None else str(text.share)

    def faults(self) -> Iterable[tuple[str, Message]]:
        """Whichever side it is for, the same is asked of the rest."""
        return rules.faults(rules.tidy(self._text(Side.OTHERS)))

    def seat(self, organisation_id: int | None) -> SeatText:
        """What was typed; to be asked of a form that was found valid."""
        return self._text(Side(self.side.data), organisation_id)

    def _text(self, side: Side, organisation_id: int | None = None) -> SeatText:
        return SeatText(
            side=side,
            role=self.role.data or "",
            responsibility=self.responsibility.data or "",
            share=self.share.number,
            organisation_id=organisation_id,
        )


class BehalfSeatForm(BehalfFields, SeatForm):
    """The same, when an organisation has told KS by mail or phone."""

    def faults(self) -> Iterable[tuple[str, Message]]:
        yield from super().faults()
        if not self.organisation.data:
            yield "organisation", rules.TELLER_NEEDED


class AppointForm(PilotForm):
    email = Address(_l("E-post"), [DataRequired(_l("Skriv en e-postadresse.")), *PLAIN])
    is_deputy = BooleanField(_l("Personen er varamedlem"))
    starts_on = Day(_l("Første dag"), [InputRequired(_l("Skriv første dag."))])
    ends_on = Day(_l("Siste dag"))
    shows_name = BooleanField(_l("Personen har sagt ja til at alle kan lese navnet"))

    @property
    def period(self) -> Period:
        """What was typed; to be asked of a form that was found valid."""
        first = self.starts_on.data
        assert first is not None  # noqa: S101  # the form is valid
        return Period(first, self.ends_on.data)


class EndForm(PilotForm):
    last_day = Day(_l("Siste dag"), [InputRequired(_l("Skriv siste dag."))])

    @property
    def day(self) -> date:
        """What was typed; to be asked of a form that was found valid."""
        typed = self.last_day.data
        assert typed is not None  # noqa: S101  # the form is valid
        return typed


class NameForm(PilotForm):
    """A button of the person's own."""

    shows = HiddenField()
