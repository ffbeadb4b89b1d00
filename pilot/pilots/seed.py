"""The demo's pilots: plans that KS alone can read. None of them names a municipality."""

from dataclasses import replace

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.policy import Actor, Zone
from pilot.pilots import service
from pilot.pilots.rules import Course, PilotState, PilotText
from pilot.stories.models import Story

FIRST = 4

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
    """The stories of each plan are given as their places among the demo's."""
    ids = db.session.scalars(select(Story.id).order_by(Story.id).limit(FIRST)).all()
    for text in DEMO:
        stories = tuple(ids[place - 1] for place in text.stories)
        service.add_pilot(Actor.system(), replace(text, stories=stories))
    return len(DEMO)
