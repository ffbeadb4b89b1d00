"""«Hvem har godkjent dette?»: an organisation stands behind something that one of it sent."""

from datetime import date

from sqlalchemy import select

from pilot.accounts.models import Confirmation
from pilot.accounts.permissions import AccountPermission
from pilot.accounts.rules import NAME_MAX, PARTICIPATION
from pilot.accounts.service.people import checked_name
from pilot.core import audit, clock
from pilot.core.db import db
from pilot.core.errors import Rejected
from pilot.core.policy import Actor, require
from pilot.core.text import clean
from pilot.core.unit import CLASHES, command
from pilot.core.words import say

TAKEN = say("En kollega bekreftet dette samtidig. Last siden på nytt for å se hva som står der.")
CLASHES["uq_confirmation_kind_subject_id_organisation_id"] = TAKEN
CLASHES["confirmation.kind, confirmation.subject_id"] = TAKEN


@command
def confirm(
    actor: Actor, kind: str, subject_id: int, *, name: str, role_title: str, on: date
) -> Confirmation:
    """A lead says who has approved something for the organisation acted for, and when.

    The slice that owns the subject calls this inside a command of its own, which has made sure that
    the subject is the organisation's. Confirming again replaces what was said before.
    """
    require(actor, AccountPermission.CONFIRM)
    name, title = checked_name(name), " ".join(clean(role_title).split())
    if not title or len(title) > NAME_MAX:
        raise Rejected(say("Skriv rollen til den som har godkjent."), "role_title")
    if on > clock.now().date():
        raise Rejected(say("Datoen kan ikke være i framtiden."), "confirmed_on")
    key = {"kind": kind, "subject_id": subject_id, "organisation_id": actor.organisation_id}
    found = db.session.scalar(select(Confirmation).filter_by(**key).with_for_update())
    row = found or Confirmation(**key)
    row.name, row.role_title, row.confirmed_on = name, title, on
    row.confirmed_by_id, row.created_at = actor.person_id or 0, clock.now()
    db.session.add(row)
    audit.record(actor, "confirmed", row, kind=kind, of=subject_id, on=on.isoformat())
    return row


@command
def confirm_participation(actor: Actor, *, name: str, role_title: str, on: date) -> Confirmation:
    """A lead says who has approved that the organisation takes part."""
    require(actor, AccountPermission.CONFIRM)
    own = actor.organisation_id or 0
    return confirm(actor, PARTICIPATION, own, name=name, role_title=role_title, on=on)
