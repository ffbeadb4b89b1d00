"""Pilots, brought where a test needs them by the site's own commands."""

from itertools import count
from typing import Any

from pilot.core.policy import Actor, Zone
from pilot.pilots import service
from pilot.pilots.models import Pilot
from pilot.pilots.rules import PilotText
from tests.support.decisions import decision

numbers = count(1)
SYSTEM = Actor.system()


def text(**fields: Any) -> PilotText:
    return PilotText(
        **({"title": f"Utprøving {next(numbers)}", "in_words": "Ikke begynt"} | fields)
    )


def pilot(**fields: Any) -> Pilot:
    return service.add_pilot(SYSTEM, text(**fields))


def released(**fields: Any) -> Pilot:
    """A pilot that everyone may read, with a decision behind it."""
    behind = decision(zone=Zone.PUBLIC).ref
    return service.release_pilot(SYSTEM, pilot(**fields).id, decision=behind)


# --- the access matrix -----------------------------------------------------------------------

PREFIXES = ("/utprovinger",)
_TYPED = {"title": "Utprøving", "state": "planned", "course": "unknown", "zone": "internal"}
FIELDS: dict[str, dict[str, Any]] = {
    "/utprovinger/ny": _TYPED,
    "/utprovinger/<int:pilot_id>/endre": _TYPED,
    "/utprovinger/<int:pilot_id>/vis-for-alle": {},
}


def values(crowd: Any, rule: str, subject: str) -> dict[str, str]:
    """A pilot of Oslo in the zone that the row names."""
    if "<" not in rule:
        return {}
    oslo = crowd["owner"].organisation_id
    if subject == "public":
        made = released(organisation_id=oslo)
    else:
        made = pilot(organisation_id=oslo, zone=Zone(subject))
    FIELDS["/utprovinger/<int:pilot_id>/endre"]["revision"] = str(made.revision)
    FIELDS["/utprovinger/<int:pilot_id>/vis-for-alle"]["decision"] = decision().ref
    return {"pilot_id": str(made.id)}
