"""Calendar files (RFC 5545, and RFC 5546 for invitations that change): one event, one receiver.

A mail keeps the event as plain values; the file is made when the mail is sent, in its language.
Nobody but the receiver stands in it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from pilot.core.clock import OSLO

PRODUCT = "-//KS//Pilotrommet//NO"
DOMAIN = "pilotrommet"


class EventStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Invitation:
    """An event as one person has it. `uid` never changes; `sequence` rises with each file."""

    uid: str
    sequence: int
    status: EventStatus
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    path: str  # of the page about it
    name: str  # whose invitation it is

    @property
    def method(self) -> str:
        return "CANCEL" if self.status is EventStatus.CANCELLED else "REQUEST"

    def dump(self) -> dict[str, Any]:
        times = {name: getattr(self, name).isoformat() for name in ("starts_at", "ends_at")}
        return asdict(self) | times

    @classmethod
    def load(cls, kept: dict[str, Any]) -> "Invitation":
        times = {name: datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
        return cls(**(kept | times | {"status": EventStatus(kept["status"])}))


@dataclass(frozen=True)
class Post:
    """What the file takes from the mail it travels with."""

    organizer: str
    organizer_name: str
    address: str
    written_at: datetime
    base_url: str
    text: str


def calendar_file(invitation: Invitation, post: Post) -> str:
    """The file's text; times by the clock in Oslo, with that clock's rules in it."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", invitation.method)):
        calendar.add(name, value)
    calendar.add_component(_event(invitation, post))
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _event(invitation: Invitation, post: Post) -> Event:
    is_certain = invitation.status is EventStatus.CONFIRMED
    event = Event()
    values: dict[str, Any] = {
        "uid": f"{invitation.uid}@{DOMAIN}",
        "sequence": invitation.sequence,
        "dtstamp": post.written_at,
        "dtstart": invitation.starts_at.astimezone(OSLO),
        "dtend": invitation.ends_at.astimezone(OSLO),
        "summary": invitation.title,
        "description": post.text,
        "status": invitation.status.value,
        "transp": "OPAQUE" if is_certain else "TRANSPARENT",
        "url": post.base_url + invitation.path,
        "organizer": _person(post.organizer, post.organizer_name),
        "attendee": _person(
            post.address, invitation.name, partstat="ACCEPTED" if is_certain else "TENTATIVE"
        ),
    }
    if invitation.place:
        values["location"] = invitation.place
    for name, value in values.items():
        event.add(name, value)
    return event


def _person(address: str, name: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["cn"] = vText(name)
    for key, value in parameters.items():
        person.params[key] = vText(value)
    return person
