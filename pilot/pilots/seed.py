"""The demo's pilots, and many to measure on: plans that KS alone can read. None of them names a
municipality."""

from dataclasses import replace

from sqlalchemy import select

from pilot.core.db import db
from pilot.core.growing import in_pieces, one_by_one
from pilot.core.policy import Actor, Zone
from pilot.pilots import service
from pilot.pilots.models import Pilot
from pilot.pilots.rules import Course, PilotState, PilotText
from pilot.stories.models import Story

FIRST = 4
LARGE = 60

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


def large(_password_hash: str) -> int:
    """Plans of one story each; a second run changes nothing."""
    have = set(db.session.scalars(select(Pilot.title)))
    stories = db.session.scalars(select(Story.id).order_by(Story.id).limit(LARGE)).all()
    plans = [
        PilotText(title=f"Prøveutprøving {number}", stories=(story,))
        for number, story in enumerate(stories, 1)
    ]
    missing = [plan for plan in plans if plan.title not in have]
    return in_pieces(missing, one_by_one(lambda plan: service.add_pilot(Actor.system(), plan)))
