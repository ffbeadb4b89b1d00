"""Days and moments in forms, by the clock in Oslo."""

from datetime import UTC, date, datetime
from typing import Any

from wtforms import DateField, DateTimeLocalField

from pilot.core.cells import DAYS, FIRST, LAST, day_of
from pilot.core.clock import OSLO
from pilot.web.i18n import lazy_gettext as _l

MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M")
DAY_WRONG = _l("Skriv datoen som dag.måned.år, for eksempel 1.12.2026.")
MOMENT_WRONG = _l("Skriv dag og klokkeslett, for eksempel 1.12.2026 09.00.")


class Day(DateField):  # type: ignore[misc]  # WTForms ships no types
    """A day in the calendar; empty is None, and the slice says whether that will do."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=list(DAYS), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = " ".join(valuelist).strip()
        self.data: date | None = day_of(typed)
        if typed and self.data is None:
            raise ValueError(DAY_WRONG)


class Moment(DateTimeLocalField):  # type: ignore[misc]  # as above
    """A day and a time by the clock in Oslo, kept as a moment in UTC; empty is None.

    An hour that the clock passes twice is the first; one that it skips is the one after.
    """

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=list(MOMENTS), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data: datetime | None = None
        if not any(value.strip() for value in valuelist):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(MOMENT_WRONG) from fault
        typed, self.data = self.data, None
        if typed is None or not FIRST <= typed.date() < LAST:
            raise ValueError(MOMENT_WRONG)
        self.data = typed.replace(tzinfo=OSLO).astimezone(UTC)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(OSLO).strftime(MOMENTS[0]) if self.data else ""


def day_in(field: Day) -> date:
    """The day of a field that demands one, in a form that was found valid."""
    assert field.data is not None  # noqa: S101  # as the docstring says
    return field.data
