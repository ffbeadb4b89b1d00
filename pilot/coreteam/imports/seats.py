"""Seats of the core team from a table, and who sits there."""

from collections.abc import Iterable, Sequence
from datetime import date

from pilot.core.imports import Change, Importer, Outcome, Plan, Row
from pilot.core.policy import Actor
from pilot.core.words import Message, say
from pilot.coreteam import service
from pilot.coreteam.imports.rows import COLUMNS, Planned, understood
from pilot.coreteam.permissions import TeamPermission
from pilot.coreteam.queries import StoredSeat


def plan(actor: Actor, rows: Sequence[Row]) -> Plan:
    """What the rows would do: two statements for the seats, one for each 500 names or addresses."""
    found, wrong = understood(actor, rows)
    return Plan([_outcome(one) for one in found], wrong)


def apply(actor: Actor, rows: Sequence[Row]) -> None:
    """Make and change seats, and appoint; who is appointed gets mail, as from the page."""
    found, _ = understood(actor, rows)
    for one in found:
        seat = one.seat
        if seat is None:
            seat_id = service.add_seat(actor, one.text).id
        else:
            seat_id = seat.id
            if one.text != seat.text:
                service.edit_seat(actor, seat_id, one.text, revision=seat.revision)
        if one.period is None:
            continue
        if one.sitting is None:
            service.appoint(actor, seat_id, one.email, period=one.period)
        elif one.ends_otherwise and one.period.ends_on is not None:
            service.end_appointment(actor, one.sitting.id, last_day=one.period.ends_on)


# --- what it does ----------------------------------------------------------------------------


def _outcome(one: Planned) -> Outcome:
    title = ", ".join(part for part in (one.text.role, one.organisation, one.email) if part)
    number = one.reading.row.number
    if one.seat is None:
        return Outcome(number, title, Change.NEW)
    changes = tuple(_changes(one, one.seat))
    return Outcome(number, title, Change.CHANGED if changes else Change.SAME, changes)


def _changes(one: Planned, seat: StoredSeat) -> Iterable[tuple[Message, str, str]]:
    before, after = seat.text, one.text
    if before.role != after.role:
        yield say("Rolle"), before.role, after.role
    if before.responsibility != after.responsibility:
        yield say("Ansvar"), before.responsibility, after.responsibility
    if before.share != after.share:
        yield say("Stillingsprosent"), _percent(before.share), _percent(after.share)
    if one.period is not None and one.sitting is None:
        yield say("Oppnevnt"), "", one.email
    elif one.ends_otherwise and one.period and one.sitting:
        ended, ends = one.sitting.period.ends_on, one.period.ends_on
        yield say("Siste dag"), _day(ended), _day(ends)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share} %"


SEATS = Importer(
    key="plasser",
    name=say("Plasser i kjerneteamet"),
    about=say("Én rad for hver plass, gjerne med den som sitter der. Den oppnevnte får e-post."),
    columns=COLUMNS,
    permission=TeamPermission.MANAGE,
    plan=plan,
    apply=apply,
)
