"""Seats: added, changed, closed; also by KS for an organisation that has told it by mail."""

from sqlalchemy import select

from pilot.accounts import queries as accounts
from pilot.accounts.models import Organisation
from pilot.core import audit, clock, outbox
from pilot.core.behalf import Behalf
from pilot.core.db import db
from pilot.core.errors import Conflict, Rejected
from pilot.core.policy import Actor, require
from pilot.core.search import line_of
from pilot.core.unit import CLASHES, command
from pilot.core.words import Message, say
from pilot.coreteam import queries
from pilot.coreteam.models import Appointment, Seat
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.rules import TELLER_NEEDED, SeatText, faults, fits, tidy

CLASHES["uq_core_seat_recorded_by_id_form_key"] = say("Skjemaet er allerede lagret.")
CLASHES["core_seat.recorded_by_id, core_seat.form_key"] = say("Skjemaet er allerede lagret.")
RECEIPT = "coreteam/mail/registered"


class Stale(Conflict):
    """The seat has changed since the form was opened; nothing was stored."""


class Faulty(Rejected):
    """One or more fields must be mended; `found` names them all."""

    def __init__(self, found: list[tuple[str, Message]]) -> None:
        super().__init__(found[0][1], found[0][0])
        self.found = [*found]


@command
def add_seat(
    actor: Actor, text: SeatText, *, behalf: Behalf | None = None, form_key: str | None = None
) -> Seat:
    """Make a place in the team. The same form sent twice is one seat.

    With `behalf`, the organisation that told it gets a receipt it can correct from.
    """
    require(actor, TeamPermission.MANAGE)
    stored = queries.seat_of_form(actor, form_key)
    if stored is not None:
        return stored
    text = tidy(text)
    _refuse_faults(text, is_told=behalf is not None)
    seat = Seat(
        recorded_by_id=actor.person_id,
        form_key=form_key or None,
        revision=0,  # writing the text raises it
        created_at=clock.now(),
    )
    seat.behalf = behalf
    _write(seat, text)
    db.session.add(seat)
    db.session.flush()
    uid = audit.record(actor, "seat added", seat, side=text.side, text=_said(text))
    if behalf is not None:
        _receipt(seat, behalf, uid)
    return seat


@command
def edit_seat(actor: Actor, seat_id: int, text: SeatText, *, revision: int) -> Seat:
    """Change what a seat is; `Stale` when someone changed it after `revision`."""
    seat = queries.stored_seat(actor, seat_id, for_update=True)
    require(actor, TeamPermission.MANAGE, seat)
    if seat.revision != revision:
        raise Stale(say("Noen endret plassen mens du skrev."))
    text = tidy(text)
    _refuse_faults(text)
    _write(seat, text)
    audit.record(actor, "seat changed", seat, side=text.side, text=_said(text))
    return seat


@command
def close_seat(actor: Actor, seat_id: int) -> Seat:
    """Take a seat out of the team; whoever sits there must have ended first."""
    seat = queries.stored_seat(actor, seat_id, for_update=True)
    require(actor, TeamPermission.MANAGE, seat)
    if seat.closed_on is not None:
        raise Conflict(say("Plassen er allerede lagt ned."))
    lasts = Appointment.ends_on.is_(None) | (Appointment.ends_on >= clock.today())
    held = select(Appointment.id).where(Appointment.seat_id == seat.id, lasts)
    if db.session.scalar(held.limit(1)) is not None:
        raise Conflict(say("Noen er oppnevnt på plassen. Avslutt oppnevningen først."))
    seat.closed_on = clock.today()
    seat.changed_at = clock.now()
    seat.revision += 1
    audit.record(actor, "seat closed", seat)
    return seat


def _refuse_faults(text: SeatText, *, is_told: bool = False) -> None:
    found = [*faults(text)]
    if is_told and text.organisation_id is None:
        found.append(("organisation", TELLER_NEEDED))
    if text.organisation_id is not None:
        kind = db.session.scalar(
            select(Organisation.kind).where(Organisation.id == text.organisation_id)
        )
        if kind is None or not fits(text.side, kind):
            found.append(("organisation", say("Organisasjonen hører ikke til denne siden.")))
    if found:
        raise Faulty(found)


def _write(seat: Seat, text: SeatText) -> None:
    for name in ("side", "role", "responsibility", "share", "organisation_id"):
        setattr(seat, name, getattr(text, name))
    seat.search_text = line_of([text.role, text.responsibility])
    seat.changed_at = clock.now()
    seat.revision += 1


def _said(text: SeatText) -> str:
    return "\n".join(part for part in (text.role, text.responsibility) if part)


def _receipt(seat: Seat, behalf: Behalf, uid: str) -> None:
    """To everyone with a part in the organisation, so that they can correct what KS entered."""
    assert seat.organisation_id is not None  # noqa: S101  # asked for above
    for person in accounts.recipients(seat.organisation_id):
        outbox.post(
            event_uid=uid,
            person_id=person.person_id,
            address=person.address,
            locale=person.locale,
            template=RECEIPT,
            values={
                "title": seat.role,
                "seat_id": seat.id,
                "received_on": behalf.received_on.isoformat(),
            },
        )
