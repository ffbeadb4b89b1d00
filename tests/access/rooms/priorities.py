"""The official list: its order, its way through the steering group, its versions."""

from collections.abc import Callable
from typing import Any

from tests.access.conftest import Crowd
from tests.access.rooms import API, Row
from tests.support import priorities
from tests.support.people import Stranger
from tests.support.world import World

LATEST = f"{API}/priorities/latest"
PREFIXES = ("/prioritering", f"{API}/priorities")
FIELDS: dict[str, dict[str, Any]] = {
    "/prioritering/arbeid": {"reason": "Fordi", "up": "BH-0001"},
    "/prioritering/arbeid/tekst": {"note": "Om listen", "revision": "1"},
    "/prioritering/<int:list_id>/behandling": {"answer": "approve"},
}


def ranked(world: World, crowd: Crowd, state: str) -> str:
    """A priority list in a state."""
    lead, group = crowd["ks_lead"].actor, crowd["steering"].actor
    return str(priorities.subject(lead, group, world, state).id)


def values(world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "int:list_id": lambda: ranked(world, crowd, row.subject),
        "int:number": lambda: "1",
    }


def fields(world: World, crowd: Crowd, row: Row, _who: Stranger, _path: str) -> dict[str, Any]:
    """The list that a page without a number is about; none in work where one is started."""
    if not row.rule.startswith(("/prioritering/arbeid", "/prioritering/<int:number>", LATEST)):
        return {}
    state = "released" if row.subject == "-" else row.subject
    return {"list_id": ranked(world, crowd, state)}
