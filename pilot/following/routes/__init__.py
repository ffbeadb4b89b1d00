"""The outbox, and the messages that KS sends."""

from pilot.following.routes import messages, outbox

__all__ = ["messages", "outbox"]
