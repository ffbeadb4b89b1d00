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
    "/prioritering/arbeid": {"reason": "Fordi"},
    "/prioritering/arbeid/tekst": {"note": "Om listen"},
    "/prioritering/<int:list_id>/behandling": {"answer": "approve"},
}


def ranked(world: World, crowd: Crowd, state: str) -> priorities.Ranked:
    """A priority list in a state."""
    lead, group = crowd["ks_lead"].actor, crowd["steering"].actor
    return priorities.subject(lead, group, world, state)


def values(world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "int:list_id": lambda: str(ranked(world, crowd, row.subject).id),
        "int:number": lambda: "1",
    }


def fields(world: World, crowd: Crowd, row: Row, _who: Stranger, _path: str) -> dict[str, Any]:
    """The list that a page without a number is about; none in work where one is started."""
    if not row.rule.startswith(("/prioritering/arbeid", "/prioritering/<int:number>", LATEST)):
        return {}
    state = "released" if row.subject == "-" else row.subject
    made = ranked(world, crowd, state)
    read = str(made.row.revision)
    return {"list_id": str(made.id), "up": made.order[1], "revision": read}
