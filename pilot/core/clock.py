"""The time, asked in one place so that tests can set it; and the clock people here live by."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day by the calendar in Oslo."""
    return now().astimezone(OSLO).date()
