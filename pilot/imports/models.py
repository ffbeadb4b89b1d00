"""The table of files between their preview and their import."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, FreeText


class ImportFile(Base):
    """A file that was found without faults; its rows are forgotten when they are stored."""

    __tablename__ = "import_file"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    importer: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(FreeText)
    rows: Mapped[str] = mapped_column(FreeText)  # JSON; as text, so that it is guarded as such
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    stored_at: Mapped[datetime | None]
