"""Sessions of the vendor dialogue, and who comes to them."""

import re
from collections.abc import Callable
from typing import Any, cast

from tests.access.conftest import Crowd
from tests.access.rooms import API, Row
from tests.support.dialogue import Host, join, revision_of, session_fields
from tests.support.people import Person, Stranger
from tests.support.world import World

PREFIXES = ("/leverandordialog", f"{API}/sessions")
SESSION = "/leverandordialog/okter/<int:session_id>"
FIELDS: dict[str, dict[str, Any]] = {
    "/leverandordialog/okter/ny": session_fields(),
    f"{SESSION}/endre": session_fields() | {"revision": "0"},
    f"{SESSION}/avlys": {"reason": "Syk"},
    f"{SESSION}/meld-pa": {"me": "1"},
    f"{SESSION}/meld-pa-for": {
        "name": "Ola",
        "address": "ola@prove.example",
        "locale": "nb",
        "behalf_channel": "mail",
        "behalf_received_on": "2026-11-12",
    },
    "/leverandordialog/pameldinger/<int:registration_id>/endre": {
        "name": "Ny",
        "address": "ny@prove.example",
    },
    f"{API}/sessions": {
        "title": "Møte",
        "starts_at": "2030-12-02T09:00:00+01:00",
        "ends_at": "2030-12-02T10:00:00+01:00",
        "capacity": 10,
    },
}


def session(crowd: Crowd, row: Row) -> str:
    return str(Host(cast("Person", crowd["ks_lead"])).at(row.subject))


def registration(crowd: Crowd, row: Row) -> str:
    """One of the vendor's, which comes or waits."""
    host = Host(cast("Person", crowd["ks_lead"]))
    held = host.at("full" if row.subject == "waitlisted" else "open")
    return str(join(cast("Person", crowd["vendor"]), held).id)


def values(_world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "int:session_id": lambda: session(crowd, row),
        "int:registration_id": lambda: registration(crowd, row),
    }


def fields(_world: World, crowd: Crowd, row: Row, _who: Stranger, path: str) -> dict[str, Any]:
    """What depends on the subject: whom KS registers for, and which revision was seen."""
    if row.rule.endswith("/meld-pa-for"):
        return {"organisation_id": str(crowd["vendor"].actor.organisation_id)}
    number = re.search(r"okter/(\d+)/endre", path)
    return {"revision": str(revision_of(int(number[1])))} if number else {}
