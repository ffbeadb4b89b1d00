"""The demo's pilots: plans that KS alone can read. None of them names a municipality."""

from pilot.core.policy import Actor, Zone
from pilot.pilots import service
from pilot.pilots.rules import Course, PilotState, PilotText

DEMO = (
    PilotText(
        title="Legemiddelinformasjon mellom hjemmetjeneste og legevakt",
        state=PilotState.PLANNED,
        course=Course.UNKNOWN,
        in_words="Planen venter på at historiene er prioritert. Ingen kommune er valgt.",
        stories=(1, 4),
    ),
    PilotText(
        title="Delt palliativ plan",
        state=PilotState.PLANNED,
        course=Course.UNKNOWN,
        in_words="Et første utkast. Ingen kommune er valgt.",
        zone=Zone.CORE_TEAM,
        stories=(2,),
    ),
)


def demo(_password_hash: str) -> int:
    for text in DEMO:
        service.add_pilot(Actor.system(), text)
    return len(DEMO)
