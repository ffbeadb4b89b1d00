"""Reading the outbox, and the messages that KS sends."""

from pilot.following.queries.audiences import (
    Receiver,
    choices,
    how_many,
    label_of,
    name_of,
    own_address,
    receivers,
)
from pilot.following.queries.mails import MailRow, counts, has_dead_link, mail, mails
from pilot.following.queries.messages import (
    MessagePage,
    MessageRow,
    message,
    message_of_form,
    messages,
    sent,
    tally_of,
    unsent,
    visible_message,
)

__all__ = [
    "MailRow",
    "MessagePage",
    "MessageRow",
    "Receiver",
    "choices",
    "counts",
    "has_dead_link",
    "how_many",
    "label_of",
    "mail",
    "mails",
    "message",
    "message_of_form",
    "messages",
    "name_of",
    "own_address",
    "receivers",
    "sent",
    "tally_of",
    "unsent",
    "visible_message",
]
