"""When something is, said so that also one abroad comes at the right hour."""

from datetime import datetime

from babel.dates import format_date as babel_date

from pilot.core.clock import OSLO
from pilot.web.i18n import REGIONS, current_locale, format_date, gettext
from pilot.web.templating import CLOCKS


def format_period(starts_at: datetime, ends_at: datetime) -> str:
    """«26. november 2026 kl. 09.00–11.30, norsk tid (CET)»."""
    begins, ends = starts_at.astimezone(OSLO), ends_at.astimezone(OSLO)
    if begins.date() == ends.date():
        hours = f"{_clock(begins)}–{_clock(ends)}"
        return f"{_at(begins, hours)}, {_zone(begins, ends)}"
    return f"{_moment(begins)} – {_moment(ends)}, {_zone(begins, ends)}"


def format_moment(moment: datetime) -> str:
    """«26. november 2026 kl. 09.00, norsk tid (CET)»."""
    there = moment.astimezone(OSLO)
    return f"{_moment(there)}, {_zone(there)}"


def _moment(there: datetime) -> str:
    return _at(there, _clock(there))


def _at(there: datetime, hours: str) -> str:
    return gettext("%(day)s kl. %(hours)s", day=format_date(there), hours=hours)


def _clock(there: datetime) -> str:
    return there.strftime(CLOCKS[current_locale()])


def _zone(*moments: datetime) -> str:
    """Winter time is CET and summer time CEST; a meeting over the change has both."""
    names = "/".join(dict.fromkeys(moment.tzname() or "" for moment in moments))
    return gettext("norsk tid (%(zone)s)", zone=names)


def oslo_day(moment: datetime) -> int:
    """The day of the month in Oslo: the large figure of a date."""
    return moment.astimezone(OSLO).day


def oslo_month(moment: datetime) -> str:
    """The month in Oslo, in short."""
    there = moment.astimezone(OSLO).date()
    return str(babel_date(there, "MMM", locale=REGIONS[current_locale()]))
