"""The table of status reports; the only rows this slice owns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText
from pilot.overview.rules import ReportState


class StatusReport(Base):
    """The lead's words and the figures beside them; the figures freeze when it is sent."""

    __tablename__ = "status_report"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one report
    state: Mapped[ReportState]
    revision: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(FreeText)
    words: Mapped[str] = mapped_column(FreeText)
    words_html: Mapped[str] = mapped_column(Text)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # empty until it is sent
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
