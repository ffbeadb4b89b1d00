"""Everything that changes the vendor dialogue.

A command always goes in this order: load for update, ask, refuse, change, record, tell, return.
"""

from pilot.dialogue.service.registering import (
    Who,
    cancel_registration,
    change_registration,
    register,
    register_for,
)
from pilot.dialogue.service.sessions import (
    add_session,
    cancel_session,
    edit_session,
    hold_session,
    note_attendance,
    publish_session,
)
from pilot.dialogue.service.steps import Closed, Faulty, Stale

__all__ = [
    "Closed",
    "Faulty",
    "Stale",
    "Who",
    "add_session",
    "cancel_registration",
    "cancel_session",
    "change_registration",
    "edit_session",
    "hold_session",
    "note_attendance",
    "publish_session",
    "register",
    "register_for",
]
