"""Sessions of the vendor dialogue, and who comes to them; questions and answers."""

import re
from collections.abc import Callable
from typing import Any, cast

from pilot.core.policy import Actor
from tests.access.conftest import Crowd
from tests.access.rooms import API, Row
from tests.support.dialogue import Host, join, revision_of, session_fields
from tests.support.people import Person, Stranger
from tests.support.questions import Desk, asked
from tests.support.questions import row as row_of
from tests.support.world import World

PREFIXES = ("/leverandordialog", f"{API}/sessions")
ROOM = "/leverandordialog"
SESSION = "/leverandordialog/okter/<int:session_id>"
QUESTION, DRAFT = f"{ROOM}/sporsmal/<int:question_id>", f"{ROOM}/svar/<int:draft_id>"
ANSWER = {"question": "Hva gjelder?", "answer": "Det samme for alle", "lang": "nb"}
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
    f"{ROOM}/sporsmal/nytt": {"text": "Hva gjelder?"},
    f"{QUESTION}/endre": {"text": "Hva gjelder nå?"},
    f"{ROOM}/innkomne-sporsmal/registrer": {
        "text": "Hva gjelder?",
        "behalf_channel": "phone",
        "behalf_received_on": "2026-11-12",
    },
    f"{ROOM}/svar/nytt": ANSWER,
    f"{DRAFT}/endre": ANSWER | {"revision": "1"},
    f"{ROOM}/svar/publiser": {"recognisable": "no"},
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


def vendor_of(crowd: Crowd) -> Actor:
    return crowd["vendor"].actor


def desk_of(crowd: Crowd) -> Desk:
    return Desk(crowd["ks_lead"].actor)


def question(crowd: Crowd, row: Row) -> str:
    """One of the vendor's, in a state; `told`: entered by KS."""
    vendor, desk = vendor_of(crowd), desk_of(crowd)
    if row.subject == "told":
        return str(desk.told(vendor.organisation_id or 0))
    return str(desk.at(row.subject, vendor))


def draft(crowd: Crowd) -> int:
    return desk_of(crowd).draft(asked(vendor_of(crowd)))


def batch(crowd: Crowd, row: Row) -> str:
    return "987654" if row.subject == "unknown" else str(desk_of(crowd).publish(draft(crowd)))


def values(_world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "int:session_id": lambda: session(crowd, row),
        "int:registration_id": lambda: registration(crowd, row),
        "int:question_id": lambda: question(crowd, row),
        "int:draft_id": lambda: str(draft(crowd)),
        "int:batch_id": lambda: batch(crowd, row),
    }


def fields(_world: World, crowd: Crowd, row: Row, _who: Stranger, path: str) -> dict[str, Any]:
    """What depends on the subject: whom KS writes for, and which revision was seen."""
    if row.rule.endswith(("/meld-pa-for", "/registrer")):
        return {"organisation_id": str(vendor_of(crowd).organisation_id)}
    if row.method == "POST" and row.rule.startswith(f"{ROOM}/svar"):
        return _of_answer(crowd, row)
    if asks := re.search(r"sporsmal/(\d+)/endre", path):
        return {"revision": str(row_of(int(asks[1])).revision)}
    number = re.search(r"okter/(\d+)/endre", path)
    return {"revision": str(revision_of(int(number[1])))} if number else {}


def _of_answer(crowd: Crowd, row: Row) -> dict[str, Any]:
    if row.rule.endswith("/publiser"):
        return {"drafts": f"{draft(crowd)}-1"}
    return {"questions": str(asked(vendor_of(crowd)))}
