"""Sessions and registrations brought where a test needs them by the site's own commands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from pilot.core import clock
from pilot.core.behalf import Behalf, Channel
from pilot.core.db import db
from pilot.core.outbox import OutboxMail
from pilot.core.unit import unit_of_work
from pilot.dialogue import queries, service
from pilot.dialogue.models import DialogueRegistration, DialogueSession
from pilot.dialogue.rules import RegistrationState, SessionState, SessionText
from pilot.dialogue.service import Who
from tests.support.people import Person

R, S = RegistrationState, SessionState
LINK = "https://mote.example/hemmelig-lenke"
numbers = count(1)


def text(**fields: Any) -> SessionText:
    """What a session says, a fortnight from now, with the fields that are demanded."""
    starts_at = (clock.now() + timedelta(days=14)).replace(minute=0, second=0, microsecond=0)
    starts_at = fields.pop("starts_at", starts_at)
    values: dict[str, Any] = {
        "title": f"Plenum {next(numbers)}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "capacity": 10,
        "join_url": LINK,
    }
    return SessionText(**(values | fields))


def session_fields(**fields: str) -> dict[str, str]:
    """A session as its form sends it."""
    values = {
        "title": f"Plenum {next(numbers)}",
        "text": "Vi går gjennom historiene.",
        "starts_at": "2030-12-02T09:00",
        "ends_at": "2030-12-02T10:30",
        "place": "",
        "join_url": LINK,
        "capacity": "10",
        "quota": "",
        "registers_until": "",
    }
    return values | fields


class Host:
    """KS, which holds sessions; and what came of them."""

    def __init__(self, ks: Person) -> None:
        self.ks = ks

    def session(self, *, publish: bool = True, **fields: Any) -> int:
        return service.add_session(self.ks.actor, text(**fields), publish=publish).id

    def at(self, code: str, **fields: Any) -> int:
        """A session as people read of it: draft, open, full, registration_closed, held, …"""
        if code == "full":
            number = self.session(**(fields | {"capacity": 1}))
            self.told(number)
            return number
        number = self.session(publish=code != "draft", **fields)
        if code == "cancelled":
            service.cancel_session(self.ks.actor, number, reason="Avlyst i en prøve.")
        if code in ("held", "begun"):
            self.move_to_past(number)
        if code == "held":
            service.hold_session(self.ks.actor, number)
        if code == "registration_closed":
            self.set(number, registers_until=clock.now() - timedelta(hours=1))
        return number

    def told(self, session_id: int, **fields: Any) -> DialogueRegistration:
        """KS registers someone of a vendor of its own making."""
        from tests.support.world import World

        vendor = fields.pop("vendor", None) or World().organisation().id
        n = next(numbers)
        name = fields.pop("name", f"Meldt Prøve {n}")
        return service.register_for(
            self.ks.actor,
            session_id,
            Who(name, fields.pop("address", f"meldt-{n}@prove.example")),
            organisation_id=vendor,
            behalf=Behalf(Channel.MAIL, datetime.now(UTC).date()),
        )

    def edit(self, session_id: int, **changes: Any) -> None:
        row = self.row(session_id)
        now = queries.text_of(row)
        service.edit_session(
            self.ks.actor, session_id, replace(now, **changes), revision=row.revision
        )

    def set(self, session_id: int, **values: Any) -> None:
        """Change the row itself: time passes."""
        with unit_of_work():
            row = db.session.get_one(DialogueSession, session_id)
            for name, value in values.items():
                setattr(row, name, value)

    def move_to_past(self, session_id: int) -> None:
        now = clock.now()
        self.set(
            session_id, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(minutes=30)
        )

    def row(self, session_id: int) -> DialogueSession:
        db.session.rollback()
        return db.session.get_one(DialogueSession, session_id)


def join(person: Person, session_id: int, **who: str) -> DialogueRegistration:
    """A vendor's person registers themself, or a colleague by name and address."""
    return service.register(person.actor, session_id, Who(**who))


def standing(session_id: int) -> list[tuple[str, str]]:
    """Who comes and who waits, in the order they came."""
    db.session.rollback()
    rows = db.session.scalars(
        select(DialogueRegistration)
        .where(
            DialogueRegistration.session_id == session_id, DialogueRegistration.state != R.CANCELLED
        )
        .order_by(DialogueRegistration.number)
    )
    return [(row.name, row.state.value) for row in rows]


def mails(kind: str = "", address: str = "") -> list[OutboxMail]:
    """What the outbox holds of sessions, in the order it was written."""
    db.session.rollback()
    rows = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))
    return [
        mail
        for mail in rows
        if mail.template == "dialogue/mail/session"
        and (not kind or mail.values["happened"] == kind)
        and (not address or mail.address == address)
    ]


def revision_of(session_id: int) -> int:
    db.session.rollback()
    return db.session.get_one(DialogueSession, session_id).revision
