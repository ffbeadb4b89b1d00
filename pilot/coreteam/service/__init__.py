"""Everything that changes the core team."""

from pilot.coreteam.service.appointing import appoint, end_appointment, show_name
from pilot.coreteam.service.seats import Faulty, Stale, add_seat, close_seat, edit_seat

__all__ = [
    "Faulty",
    "Stale",
    "add_seat",
    "appoint",
    "close_seat",
    "edit_seat",
    "end_appointment",
    "show_name",
]
