"""Rounds, candidates and partner municipalities."""

from collections.abc import Callable
from typing import Any

from pilot.candidates import service
from pilot.core.clock import today
from tests.access.conftest import Crowd
from tests.access.rooms import API, MUNICIPALITY, Row
from tests.support import candidates
from tests.support.candidates import interest
from tests.support.people import Stranger
from tests.support.world import World

PREFIXES = (
    "/utproving",
    "/samarbeidskommuner",
    f"{API}/candidates",
    f"{API}/criteria",
    f"{API}/methods/readiness",
)
TODAY = str(today())
ROUND = {"name": "Runde", "opens_on": TODAY, "closes_on": TODAY}
INTEREST = {name: str(value) for name, value in vars(interest()).items() if value}
APPROVED = {"name": "Grete", "role_title": "kommunalsjef", "confirmed_on": TODAY}
TOLD = {"behalf_channel": "mail", "behalf_received_on": TODAY}
PARTNER = {"number": MUNICIPALITY, "area": "Felles krav", "starts_on": TODAY}
CANDIDATE = "/utproving/runder/<int:round_id>/kandidater/<number>"
CRITERIA = "/utproving/kriterier/<int:version>"
CRITERION = {"dimension": "law", "weight": "1", "nb_title": "Prøve"}
FIELDS: dict[str, dict[str, Any]] = {
    "/utproving/runder/ny": ROUND,
    "/utproving/runder/<int:round_id>/endre": ROUND | {"revision": "1"},
    "/utproving/runder/<int:round_id>/interesse": INTEREST | {"revision": "0"},
    "/utproving/runder/<int:round_id>/registrer": INTEREST | TOLD | {"number": "5001"},
    "/utproving/runder/<int:round_id>/inviter": {"numbers": "5001"},
    f"{CANDIDATE}/flytt/<state>": {"reason": "Fordi", "public_reason": "Fordi"},
    f"{CANDIDATE}/trekk": TOLD,
    f"{CRITERIA}/nytt": CRITERION | {"code": "X1"},
    f"{CRITERIA}/<code>/endre": CRITERION | {"revision": "1"},
    f"{CRITERIA}/hurtigsjekk/<dimension>": {"nb_question": "Er dere klare?"},
    "/utproving/runder/<int:round_id>/hurtigsjekk": {"law": "yes"},
    f"{CANDIDATE}/panel/min": {"interest": "no"},
    f"{CANDIDATE}/panel/min/<dimension>": {"F1_level": "3", "revision": "F1.1"},
    f"{CANDIDATE}/panel/samlet/<dimension>": {"F1_level": "3", "revision": "F1.1"},
    f"{CANDIDATE}/panel/ferdigstill": APPROVED,
    f"{CANDIDATE}/panelvurdering/ny-vurdering": {"text": "Se på F1 igjen."},
    f"{CANDIDATE}/panelvurdering/svar": {"answer": "Vi holder fast."},
    f"{CANDIDATE}/vurdering/<dimension>": {"F1_level": "3"},
    f"{CANDIDATE}/vurdering/<dimension>/ansvar": {"person_id": ""},
    f"{CANDIDATE}/vurdering/send-inn": APPROVED,
    f"{API}/candidates/<number>/answers/<code>": {"level": 3},
    f"{API}/methods/readiness": {"criteria": [], "levels": {}},
    "/samarbeidskommuner/ny": PARTNER,
    "/samarbeidskommuner/<int:partner_id>/endre": PARTNER | {"revision": "1"},
}


def run(crowd: Crowd, row: Row) -> int:
    """A round in the row's state, or with Oslo in it in that state."""
    lead, owner = crowd["ks_lead"].actor, crowd["owner"].actor
    panel = (crowd["ks_member"].actor, crowd["nhn"].actor)
    return candidates.subject(lead, owner, row.subject.partition(">")[0], panel).id


def number(crowd: Crowd, row: Row) -> str:
    if row.rule.startswith(f"{API}/candidates"):
        run(crowd, row)
    return MUNICIPALITY


def version(crowd: Crowd, row: Row) -> int:
    """The first version, which is published, or a draft of the next."""
    if row.subject != "draft":
        return 1
    return service.draft_criteria(crowd["ks_lead"].actor).version


def values(_world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    lead = crowd["ks_lead"].actor
    return {
        "number": lambda: number(crowd, row),
        "state": lambda: row.subject.partition(">")[2],
        "int:round_id": lambda: str(run(crowd, row)),
        "int:version": lambda: str(version(crowd, row)),
        "code": lambda: "F1",
        "dimension": lambda: "law",
        "int:partner_id": lambda: str(candidates.partner(lead, is_public=row.subject == "shown")),
    }


def fields(_world: World, crowd: Crowd, row: Row, _who: Stranger, _path: str) -> dict[str, Any]:
    return {"person_id": str(crowd["nhn"].id)} if row.rule.endswith("/panel") else {}
