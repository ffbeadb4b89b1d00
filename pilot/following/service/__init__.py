"""What KS can do with mail: send one again, and write to many."""

from pilot.following.service.mails import resend
from pilot.following.service.messages import (
    Stale,
    add_message,
    edit_message,
    send_message,
    stop_message,
    try_message,
)

__all__ = [
    "Stale",
    "add_message",
    "edit_message",
    "resend",
    "send_message",
    "stop_message",
    "try_message",
]
