"""Facts about the site itself, such as that it holds demo data."""

import time

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, db

DEMO = "demo"
LOOK_AGAIN = 5.0  # seconds; a running site notices that the demo was seeded beside it


class SiteFact(Base):
    __tablename__ = "site_fact"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    value: Mapped[str] = mapped_column(String(200))


class DemoMark:
    """Whether the database holds demo data: once yes, always yes; a no is asked again."""

    def __init__(self) -> None:
        self._is_demo = False
        self._asked_at = float("-inf")

    def __bool__(self) -> bool:
        if not self._is_demo and time.monotonic() - self._asked_at > LOOK_AGAIN:
            self._is_demo = holds_demo_data()
            self._asked_at = time.monotonic()
        return self._is_demo


def holds_demo_data() -> bool:
    return db.session.scalar(select(SiteFact.id).where(SiteFact.name == DEMO)) is not None
