"""Everything that changes the vendor dialogue.

A command always goes in this order: load for update, ask, refuse, change, record, tell, return.
"""

from pilot.dialogue.service.answering import (
    add_draft,
    drop_draft,
    edit_draft,
    publish_answers,
)
from pilot.dialogue.service.asking import (
    ask,
    ask_for,
    change_question,
    restore_question,
    withdraw_question,
)
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
    "add_draft",
    "add_session",
    "ask",
    "ask_for",
    "cancel_registration",
    "cancel_session",
    "change_question",
    "change_registration",
    "drop_draft",
    "edit_draft",
    "edit_session",
    "hold_session",
    "note_attendance",
    "publish_answers",
    "publish_session",
    "register",
    "register_for",
    "restore_question",
    "withdraw_question",
]
