"""Tables of messages. The mail itself lies in the outbox."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText
from pilot.core.written import WithTexts
from pilot.following.rules import AUDIENCE_MAX, MessageState


class MailMessage(WithTexts, Base):
    """What KS writes to a chosen audience; its receivers are frozen when it is sent."""

    __tablename__ = "mail_message"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    uid: Mapped[str] = mapped_column(String(32), unique=True)  # the outbox's event
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one message
    audience: Mapped[str] = mapped_column(String(AUDIENCE_MAX))
    audience_name: Mapped[str] = mapped_column(FreeText)  # of a county or an organisation, say
    state: Mapped[MessageState] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column(default=1)  # raised by every write; forms carry it
    send_at: Mapped[datetime | None]
    receivers: Mapped[int] = mapped_column(default=0)  # how many, when it was sent
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
