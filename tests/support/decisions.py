"""Decisions and actions, brought where a test needs them by the site's own commands."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count, cycle
from typing import Any

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor, Zone
from pilot.core.registry import Thing
from pilot.decisions import service
from pilot.decisions.models import Condition, Entry
from pilot.decisions.queries import today
from pilot.decisions.rules import EntryKind, EntryState, EntryText, Owner, shipped_conditions

numbers = count(1)
#: Those that KS settles by hand, in turn: a form is good for one change.
CONDITIONS = cycle(key for key, one in shipped_conditions().items() if not one.is_derived)
SYSTEM = Actor.system()


def day(days: int) -> date:
    return today() + timedelta(days=days)


def text(kind: EntryKind = EntryKind.DECISION, **fields: Any) -> EntryText:
    """What an entry says, with what is demanded of its kind but the owner."""
    n = next(numbers)
    said = EntryText(text=f"Sak {n}", reasons=f"Fordi {n}", zone=Zone.PARTIES)
    is_action = kind is EntryKind.ACTION
    said = replace(said, **({"due_on": day(30)} if is_action else {"decided_on": day(-1)}))
    return replace(said, **fields)


def decision(*about: Thing, actor: Actor = SYSTEM, **fields: Any) -> Entry:
    return service.record(actor, EntryKind.DECISION, text(**fields), about=about)


def action(organisation_id: int, *about: Thing, actor: Actor = SYSTEM, **fields: Any) -> Entry:
    """An action of an organisation, or of a person in it (`person_id`)."""
    owner = Owner(organisation_id, fields.pop("person_id", None), fields.pop("is_ks", False))
    said = text(EntryKind.ACTION, owner=owner, **fields)
    return service.record(actor, EntryKind.ACTION, said, about=about)


def condition_id(key: str = "finansiering") -> int:
    found = db.session.scalars(select(Condition.id).where(Condition.key == key)).one()
    db.session.rollback()
    return found


# --- the access matrix -----------------------------------------------------------------------

PREFIXES = ("/beslutninger", "/rammebetingelser")
FIELDS: dict[str, dict[str, Any]] = {
    "/beslutninger/ny": {
        "text": "Vi gjør det slik",
        "reasons": "Fordi",
        "decided_on": "2026-01-15",
        "zone": "parties",
    },
    "/beslutninger/<ref>/endre": {
        "text": "Vi gjør det slik",
        "reasons": "Fordi",
        "decided_on": "2026-01-15",
        "zone": "parties",
        "revision": "1",
    },
    "/beslutninger/<ref>/merknader": {"note": "En merknad"},
    "/beslutninger/<ref>/flytt/<state>": {"note": "Fordi"},
    "/rammebetingelser/<key>/endre": {"state": "partly", "reason": "Fordi", "revision": "1"},
}


def values(crowd: Any, rule: str, subject: str) -> dict[str, str]:
    """What the address of a row holds: an action of Oslo in the zone that the row names."""
    if "<" not in rule:
        return {}
    code, _, state = subject.partition(">")
    if rule.startswith("/rammebetingelser"):
        return {"key": next(CONDITIONS)}
    owner = crowd["owner"].organisation_id
    if code in ("internal", "steering"):
        made = decision(zone=Zone.INTERNAL, for_steering=code == "steering")
    elif rule.endswith("/endre"):
        made = decision(zone=Zone(code))
    else:
        made = action(owner, zone=Zone(code or "parties"))
    if state == "open":
        service.move_action(SYSTEM, made.id, to=EntryState.DONE)
    return {"ref": made.ref, "state": state}
