"""Dates and times in forms, by the clock in Oslo."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from wtforms import DateField, DateTimeLocalField

from pilot.core import clock
from pilot.web.i18n import lazy_gettext as _l

OSLO = ZoneInfo("Europe/Oslo")
MOMENT = "%Y-%m-%dT%H:%M"  # as the browser's own field writes it
FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)  # of what anybody can mean here


def today() -> date:
    return clock.now().astimezone(OSLO).date()


DAY_WRONG = _l("Skriv datoen slik: 2026-12-24.")
MOMENT_WRONG = _l("Skriv dato og klokkeslett, for eksempel 2026-12-24 09:00.")


class Day(DateField):  # type: ignore[misc]  # WTForms ships no types
    """A date; empty is None, and the slice says whether that will do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed, self.data = (valuelist[0] if valuelist else "").strip(), None
        if not typed:
            return
        try:
            self.data = _plausible(date.fromisoformat(typed))
        except ValueError as fault:
            raise ValueError(DAY_WRONG) from fault


class Moment(DateTimeLocalField):  # type: ignore[misc]  # as above
    """A date and a time as people in Norway mean it; kept in UTC."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, format=MOMENT, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(OSLO).strftime(MOMENT) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed, self.data = (valuelist[0] if valuelist else "").strip()[:16], None
        if not typed:
            return
        try:
            there = datetime.strptime(typed.replace(" ", "T"), MOMENT).replace(tzinfo=OSLO)
            _plausible(there.date())
        except ValueError as fault:
            raise ValueError(MOMENT_WRONG) from fault
        self.data = there.astimezone(UTC)


def _plausible(day: date) -> date:
    if not FIRST <= day < LAST:
        raise ValueError(day)
    return day
