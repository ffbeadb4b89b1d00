"""Stories, the catalogue, the register, the outbox and the pages over them all."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from pilot.catalogue.rules import ServiceText
from pilot.catalogue.service import add_service
from pilot.core.clock import today
from pilot.core.db import db
from pilot.municipalities.models import HospitalTrust
from pilot.stories.rules import SolutionLink, StoryState
from pilot.stories.service import assess_solution
from tests.access.conftest import Crowd
from tests.access.rooms import API, MUNICIPALITY, Row, numbers
from tests.support.people import Stranger
from tests.support.world import World

PREFIXES = ("/",)
TEXT = {"title": "Tittel", "role": "rolle", "need": "behov", "benefit": "nytte"}
SERVICE = {"state": "idea"} | {
    f"links-{n}-{part}": value
    for n in (0, 1)
    for part, value in (("solution", ""), ("kind", "reuse"))
}
SOLUTION = "sysvak"
SUPPORTER = "1103"  # whom the neighbour acts for
TOLD = {"behalf_channel": "mail", "behalf_received_on": str(today())}
FIELDS: dict[str, dict[str, Any]] = {
    "/historier/ny": TEXT | {"save": "1"},
    "/historier/<ref>/endre": TEXT | {"save": "1", "revision": "1"},
    "/historier/<ref>/flytt/<state>": {"reason": "Fordi"},
    "/historier/<ref>/stott": {"revision": "0"},
    "/historier/<ref>/stotte/registrer": TOLD | {"number": "5001"},
    "/historier/<ref>/stotte/<number>/trekk": TOLD,
    "/historier/<ref>/losninger": {"solution_key": "helseid", "kind": "reuse"},
    "/tjenester/ny": SERVICE,
    "/tjenester/<key>/endre": SERVICE | {"revision": "1"},
    f"{API}/stories": TEXT,
    f"{API}/stories/<ref>/transitions": {"reason": "Fordi"},
}


def story(world: World, crowd: Crowd, row: Row) -> str:
    """A story of Oslo in the row's state."""
    code = row.subject.partition(">")[0]
    is_published = code == "published"
    state = StoryState.READY if is_published else StoryState(code)
    made = world.story(state=state, is_published=is_published)
    if row.rule.endswith("/fjern"):
        actor = crowd["nhn"].actor
        assess_solution(actor, made.id, solution_key="helseid", kind=SolutionLink.REUSE)
    if row.rule.endswith(("/trekk", "/angre")):
        world.supports(made.id, SUPPORTER)
    return made.ref


def key(crowd: Crowd, row: Row) -> str:
    if row.rule.startswith("/tjenester"):
        text = ServiceText(name=f"Plan {next(numbers)}")
        return add_service(crowd["ks_lead"].actor, text).key
    if row.rule.startswith("/helseforetak"):
        return str(db.session.scalars(select(HospitalTrust.key)).first())
    return "helseid" if row.rule.endswith("/fjern") else SOLUTION


def values(world: World, crowd: Crowd, row: Row) -> dict[str, Callable[[], str]]:
    return {
        "number": lambda: SUPPORTER if "/stotte/" in row.rule else MUNICIPALITY,
        "chart_id": lambda: "tilstander",
        "path:filename": lambda: "img/mark.svg",
        "state": lambda: row.subject.partition(">")[2],
        "ref": lambda: story(world, crowd, row),
        "key": lambda: key(crowd, row),
        "int:mail_id": lambda: str(world.mail(state=row.subject).id),
    }


def fields(_world: World, _crowd: Crowd, row: Row, _person: Stranger, _path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if row.rule.startswith("/tjenester"):
        found["name"] = f"Delt plan {next(numbers)}"
    if row.rule.endswith("/transitions"):
        found["to"] = row.subject.partition(">")[2]
    return found
