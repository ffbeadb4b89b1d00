"""Tables of the core team."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.behalf import OnBehalf
from pilot.core.db import Base, FreeText, guard_table
from pilot.coreteam.rules import Side


class Seat(OnBehalf, Base):
    """A place in the team; open to everyone."""

    __tablename__ = "core_seat"
    __table_args__ = (
        UniqueConstraint("recorded_by_id", "form_key"),
        CheckConstraint("share IS NULL OR (share >= 0 AND share <= 100)", name="share"),
    )

    side: Mapped[Side]
    role: Mapped[str] = mapped_column(FreeText)
    responsibility: Mapped[str] = mapped_column(FreeText)
    share: Mapped[int | None]  # per cent of a full position
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    closed_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Text)


class Appointment(Base):
    """A person on a seat, from a day to a day; or as the deputy of whoever sits there."""

    __tablename__ = "core_appointment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index("ix_core_appointment_period", "seat_id", "is_deputy", "starts_on"),
    )

    seat_id: Mapped[int] = mapped_column(ForeignKey("core_seat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    is_deputy: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    shows_name: Mapped[bool] = mapped_column(default=False)  # the person has agreed to be named
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


TAKEN = "core_appointment: the seat is taken"
NEVER = {"sqlite": "'9999-12-31'", "postgresql": "CAST('infinity' AS date)"}


def _another(last_day: str) -> str:
    """Someone else on the same seat in some of the same days; both ends belong to a period."""
    return (
        "SELECT 1 FROM core_appointment WHERE seat_id = NEW.seat_id "  # noqa: S608  # our own names
        "AND is_deputy = NEW.is_deputy AND id <> NEW.id "
        f"AND starts_on <= COALESCE(NEW.ends_on, {last_day}) "
        f"AND COALESCE(ends_on, {last_day}) >= NEW.starts_on"
    )


# On PostgreSQL before the row: the foreign key's own, weaker lock on the seat comes after it, and
# two who hold that lock could not both have the stronger one.
guard_table(
    Appointment.__table__,  # type: ignore[arg-type]  # a Table, typed as FromClause
    sqlite=tuple(
        f"CREATE TRIGGER core_appointment_alone_{verb.lower()} AFTER {verb} ON core_appointment "
        f"WHEN EXISTS ({_another(NEVER['sqlite'])}) "
        f"BEGIN SELECT RAISE(ABORT, '{TAKEN}'); END"
        for verb in ("INSERT", "UPDATE")
    ),
    postgresql=(
        "CREATE OR REPLACE FUNCTION core_appointment_alone() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM 1 FROM core_seat WHERE id = NEW.seat_id FOR UPDATE; "
        f"IF EXISTS ({_another(NEVER['postgresql'])}) THEN "
        f"RAISE EXCEPTION '{TAKEN}' USING ERRCODE = 'exclusion_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER core_appointment_alone BEFORE INSERT OR UPDATE ON core_appointment "
        "FOR EACH ROW EXECUTE FUNCTION core_appointment_alone()",
    ),
)
