"""Sessions and who comes to them. That no session has more people than places is held here too."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.accounts.rules import EMAIL_MAX
from pilot.core.behalf import OnBehalf
from pilot.core.db import Base, FreeText, guard_table
from pilot.core.policy import Zone
from pilot.dialogue.rules import CAPACITY_MAX, RegistrationState, SessionState, Times

ACTIVE = text("state <> 'cancelled'")


class DialogueSession(Base):
    """A plenary session: KS invites, and every vendor may come as long as there are places."""

    __tablename__ = "dialogue_session"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        CheckConstraint(f"capacity BETWEEN 1 AND {CAPACITY_MAX}", name="capacity"),
        CheckConstraint("quota IS NULL OR quota >= 1", name="quota"),
        CheckConstraint("ends_at > starts_at", name="times"),
        Index("ix_dialogue_session_when", "ends_at", "zone"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  # who invites
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))  # a form sent twice is one session
    zone: Mapped[Zone]
    state: Mapped[SessionState]
    revision: Mapped[int] = mapped_column(default=1)  # raised by every edit; forms carry it
    title: Mapped[str] = mapped_column(FreeText)
    text: Mapped[str] = mapped_column(FreeText)
    text_html: Mapped[str] = mapped_column(Text)  # rendered and cleaned when saved
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    registers_until: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(FreeText)
    join_url: Mapped[str] = mapped_column(FreeText)  # for confirmed participants and KS alone
    capacity: Mapped[int]
    quota: Mapped[int | None]
    last_number: Mapped[int] = mapped_column(default=0)  # the last one given in the line
    reason: Mapped[str] = mapped_column(FreeText, default="")  # why it was cancelled
    created_at: Mapped[datetime]
    search_text: Mapped[str] = mapped_column(Text)

    @property
    def times(self) -> Times:
        return Times(self.starts_at, self.ends_at, self.registers_until)


class DialogueRegistration(OnBehalf, Base):
    """A person who comes to a session, or waits in line, for a vendor.

    One who is registered again after having left gets a new row, at the end of the line.
    """

    __tablename__ = "dialogue_registration"
    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        UniqueConstraint("calendar_uid"),
        Index(
            "uq_dialogue_registration_address",
            *("session_id", "organisation_id", "address"),
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index(
            "uq_dialogue_registration_person",
            *("session_id", "person_id"),
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index("ix_dialogue_registration_line", "session_id", "state", "number"),
        Index("ix_dialogue_registration_own", "organisation_id", "session_id"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("dialogue_session.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    zone: Mapped[Zone] = mapped_column(default=Zone.OWN)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(FreeText)
    address: Mapped[str] = mapped_column(String(EMAIL_MAX), index=True)
    locale: Mapped[str] = mapped_column(String(2))
    state: Mapped[RegistrationState]
    number: Mapped[int]  # in the order they came; the first in line has the lowest
    attended: Mapped[bool] = mapped_column(default=False)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str | None] = mapped_column(String(40))
    calendar_uid: Mapped[str] = mapped_column(String(32))
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


# --- no more people than places, whoever writes ------------------------------------------------

FULL = "dialogue_session is full"
_TAKEN = (
    "(SELECT count(*) FROM dialogue_registration "
    "WHERE session_id = {session} AND state = 'confirmed')"
)
_ROOM = "(SELECT capacity FROM dialogue_session WHERE id = NEW.session_id)"
_NO_ROOM = f"{_TAKEN.format(session='NEW.session_id')} >= {_ROOM}"
_BECOMES = (
    "NEW.state = 'confirmed' AND (OLD.state <> 'confirmed' OR OLD.session_id <> NEW.session_id)"
)
_TOO_FEW = f"NEW.capacity < {_TAKEN.format(session='NEW.id')}"
guard_table(
    DialogueRegistration.__table__,  # type: ignore[arg-type]  # a Table, typed as FromClause
    sqlite=(
        "CREATE TRIGGER dialogue_registration_room_new BEFORE INSERT ON dialogue_registration "
        f"WHEN NEW.state = 'confirmed' AND {_NO_ROOM} BEGIN SELECT RAISE(ABORT, '{FULL}'); END",
        "CREATE TRIGGER dialogue_registration_room BEFORE UPDATE ON dialogue_registration "
        f"WHEN {_BECOMES} AND {_NO_ROOM} BEGIN SELECT RAISE(ABORT, '{FULL}'); END",
        "CREATE TRIGGER dialogue_session_room BEFORE UPDATE OF capacity ON dialogue_session "
        f"WHEN {_TOO_FEW} BEGIN SELECT RAISE(ABORT, '{FULL}'); END",
    ),
    postgresql=(
        # The session's row is locked first, so that two who confirm at once count in turn.
        "CREATE OR REPLACE FUNCTION dialogue_registration_room() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN PERFORM 1 FROM dialogue_session WHERE id = NEW.session_id FOR UPDATE; "
        f"IF {_NO_ROOM} THEN RAISE EXCEPTION '{FULL}'; END IF; RETURN NEW; END $$",
        "CREATE OR REPLACE FUNCTION dialogue_session_room() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF {_TOO_FEW} THEN RAISE EXCEPTION '{FULL}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER dialogue_registration_room_new BEFORE INSERT ON dialogue_registration "
        "FOR EACH ROW WHEN (NEW.state = 'confirmed') EXECUTE FUNCTION dialogue_registration_room()",
        "CREATE TRIGGER dialogue_registration_room BEFORE UPDATE ON dialogue_registration "
        f"FOR EACH ROW WHEN ({_BECOMES}) EXECUTE FUNCTION dialogue_registration_room()",
        "CREATE TRIGGER dialogue_session_room BEFORE UPDATE OF capacity ON dialogue_session "
        "FOR EACH ROW EXECUTE FUNCTION dialogue_session_room()",
    ),
)
